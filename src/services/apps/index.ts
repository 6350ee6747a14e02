/**
 * Simulated applications, shaped like a service: `app create-producer`, `app create-consumer` and what is done to
 * them. Their own commands take no time; what they do to other services goes the way of every client's calls.
 */
import { isBrokerNews } from '../../contract/broker.ts';
import { isDatabaseOrder } from '../../contract/databases.ts';
import { isEndpointDelivery } from '../../contract/endpoint.ts';
import { defineService } from '../../contract/service.ts';
import { isRecordsArrived } from '../../contract/streamWaiting.ts';
import { isFromKinesis } from '../../contract/subscribedRecords.ts';
import { unreachable } from '../../engine/assert.ts';
import type { Context } from '../../engine/service.ts';
import { milliseconds } from '../../engine/units.ts';
import { newsCame } from './clientLinks.ts';
import { clientDue, isClientTimer } from './clients.ts';
import { workerAnswered, workerDue } from './consuming.ts';
import { writeDue } from './database.ts';
import { databaseDue, orderCame } from './databaseLife.ts';
import { deliveryArrived, type VisitToken, visitAnswered } from './endpoints.ts';
import { tell } from './events.ts';
import { fanOutDue } from './fanOut.ts';
import { instanceChanged } from './fleet.ts';
import { heartbeatAnswered, heartbeatDue } from './heartbeat.ts';
import * as images from './images.ts';
import { crashFault } from './lifecycle.ts';
import { type AppsState, createState } from './model.ts';
import { createClient } from './operations/clients.ts';
import { crashApp, deleteApp, startApp, stopApp, updateApp } from './operations/control.ts';
import {
  createAgent,
  createConsumer,
  createFleet,
  createFlink,
  createKclWorkers,
  createProducer,
  createWebsite,
} from './operations/create.ts';
import { createDatabase, writeToDatabase } from './operations/databases.ts';
import { createEndpoint, readEndpoint, replyFromPhone, visitEndpoint } from './operations/endpoints.ts';
import { describeApp, listApps } from './operations/inspect.ts';
import { answerDelivery, deliverOutside } from './operations/outside.ts';
import { retryDue, sendAnswered, sendDue } from './producing.ts';
import { recordsArrived } from './shardFlow.ts';
import { fanOutAnswered, leaseDue, pushArrived, shardAnswered, shardDue } from './shardReading.ts';
import { type AppTimer, type AppToken, consumerOf } from './timers.ts';
import { fields, view } from './view.ts';
import { why } from './why.ts';
import { windowAnswered, windowDue } from './windows.ts';

function due(context: Context<AppsState>, timer: AppTimer): void {
  switch (timer.type) {
    case 'app/SendDue':
      sendDue(context, timer);
      break;
    case 'app/RetryDue':
      retryDue(context, timer);
      break;
    case 'app/WorkerDue':
      workerDue(context, timer);
      break;
    case 'app/HeartbeatDue':
      heartbeatDue(context, timer);
      break;
    case 'app/ShardDue':
      shardDue(context, timer);
      break;
    case 'app/FanOutDue': {
      const app = consumerOf(context, timer);
      if (app !== undefined) fanOutDue(context, app, timer);
      break;
    }
    case 'app/WindowDue': {
      const app = consumerOf(context, timer);
      if (app !== undefined) windowDue(context, app, timer);
      break;
    }
    case 'app/LeaseDue':
      leaseDue(context, timer);
      break;
    case 'app/DatabaseDue':
      databaseDue(context, timer);
      break;
    case 'app/WriteDue':
      writeDue(context, timer);
      break;
    default:
      unreachable(timer);
  }
}

export const apps = defineService<AppsState>({
  name: 'app',
  title: 'Apps',
  kind: 'playground',
  summary: 'Simulated applications that send and receive.',
  operations: [
    createProducer,
    createConsumer,
    createFleet,
    createKclWorkers,
    createAgent,
    createFlink,
    createWebsite,
    createDatabase,
    writeToDatabase,
    createEndpoint,
    createClient,
    readEndpoint,
    visitEndpoint,
    replyFromPhone,
    deliverOutside,
    answerDelivery,
    updateApp,
    startApp,
    stopApp,
    crashApp,
    deleteApp,
    listApps,
    describeApp,
  ],
  create: createState,
  images,
  due(context, timer) {
    if (isClientTimer(timer)) clientDue(context, timer);
    else due(context, timer as AppTimer);
  },
  answered(context, token, outcome) {
    const ours = token as AppToken | VisitToken;
    if (ours.type === 'visit') visitAnswered(context, ours, outcome);
    else if (ours.type === 'send') sendAnswered(context, ours, outcome);
    else if (ours.type === 'heartbeat') heartbeatAnswered(context, ours, outcome);
    else if (ours.type === 'window') {
      const app = consumerOf(context, ours);
      if (app !== undefined) windowAnswered(context, app, ours, outcome);
    } else if (ours.type === 'fanOut') fanOutAnswered(context, ours, outcome);
    else if (ours.type === 'shard') shardAnswered(context, ours, outcome);
    else workerAnswered(context, ours, outcome);
  },
  delivered(context, delivery) {
    if (isBrokerNews(delivery.payload)) newsCame(context, delivery.payload);
    else if (isEndpointDelivery(delivery.payload)) deliveryArrived(context, delivery.from, delivery.payload);
    else if (isFromKinesis(delivery.payload)) pushArrived(context, delivery.payload);
    else if (isRecordsArrived(delivery.payload)) recordsArrived(context, delivery.payload);
    else if (delivery.from === 'autoscaling') instanceChanged(context, delivery);
    else if (isDatabaseOrder(delivery.payload)) orderCame(context, delivery.payload);
    else if (delivery.from === 'fault') crashFault(context, delivery);
  },
  latency: () => milliseconds(0),
  tell,
  view,
  fields,
  why,
});
