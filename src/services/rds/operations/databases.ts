/**
 * Databases as RDS shows them, and what can be done to one. They are made and removed by the playground: `app
 * create-database` knows what an instance cannot tell, how many writes it takes.
 */
import {
  DescribeDBClusters$,
  type DescribeDBClustersMessage,
  DescribeDBInstances$,
  type DescribeDBInstancesMessage,
  FailoverDBCluster$,
  type FailoverDBClusterMessage,
  RebootDBInstance$,
  type RebootDBInstanceMessage,
  StartDBCluster$,
  type StartDBClusterMessage,
  StartDBInstance$,
  type StartDBInstanceMessage,
  StopDBCluster$,
  type StopDBClusterMessage,
  StopDBInstance$,
  type StopDBInstanceMessage,
} from '@aws-sdk/client-rds';
import type { DatabaseOrder, DatabaseSeen, DatabasesIn } from '../../../contract/databases.ts';
import type { AnyOperation } from '../../../contract/operation.ts';
import type { Context } from '../../../engine/service.ts';
import { NO_FILTERS, PAGE, page, paged, rdsOperation, refused } from '../define.ts';
import { clusterState, instanceState, noSuchCluster, noSuchInstance, together } from '../errors.ts';
import { type RdsState, sourceArn } from '../model.ts';
import { instancesOf, writerOf } from '../rules/databases.ts';

type Ctx = Context<RdsState>;

const INSTANCE = { purpose: 'the database, by name' } as const;
const CLUSTER = { purpose: 'the Aurora database, by name' } as const;

function order(context: Ctx, name: string, what: DatabaseOrder['order']): void {
  const payload: DatabaseOrder = Object.freeze({ type: 'DatabaseOrder', order: what, name });
  context.deliver({ to: 'app', from: 'rds', payload });
}

const STATUS_AFTER = {
  stop: 'stopping',
  start: 'starting',
  reboot: 'rebooting',
  failover: 'failing-over',
} as const;

const instanceView = (state: RdsState, database: DatabaseSeen, id: string): object => ({
  DBInstanceIdentifier: id,
  Engine: database.engine === 'aurora' ? 'aurora-mysql' : 'mysql',
  DBInstanceStatus: database.status === 'failing-over' ? 'rebooting' : database.status,
  InstanceCreateTime: state.epoch + database.created,
  MultiAZ: database.multiAz,
  ...(database.engine === 'aurora' && { DBClusterIdentifier: database.name }),
  DBInstanceArn: sourceArn(state, 'db-instance', id),
});

const clusterView = (state: RdsState, database: DatabaseSeen): object => ({
  DBClusterIdentifier: database.name,
  Status: database.status,
  Engine: 'aurora-mysql',
  MultiAZ: true,
  ClusterCreateTime: state.epoch + database.created,
  DBClusterMembers: instancesOf(database).map((id) => ({
    DBInstanceIdentifier: id,
    IsClusterWriter: id === writerOf(database),
    DBClusterParameterGroupStatus: 'in-sync',
  })),
  DBClusterArn: sourceArn(state, 'db-cluster', database.name),
});

export function databaseOperations(databases: DatabasesIn): readonly AnyOperation[] {
  const all = (context: Ctx): readonly DatabaseSeen[] =>
    context.caller.account === context.state.account ? databases(context.peek('app')) : [];

  const instance = (context: Ctx, name: string): DatabaseSeen => {
    const found = all(context).find((one) => instancesOf(one).includes(name));
    if (found === undefined) throw noSuchInstance(name);
    return found;
  };
  const alone = (context: Ctx, name: string, needs: 'available' | 'stopped'): DatabaseSeen => {
    const found = instance(context, name);
    if (found.engine === 'aurora') {
      throw together(
        `The specified DB Instance is a member of a cluster: use the operation of the cluster ${found.name}.`,
      );
    }
    if (found.status !== needs) throw instanceState(name, needs, found.status);
    return found;
  };
  const cluster = (context: Ctx, name: string, needs?: 'available' | 'stopped'): DatabaseSeen => {
    const found = all(context).find((one) => one.engine === 'aurora' && one.name === name);
    if (found === undefined) throw noSuchCluster(name);
    if (needs !== undefined && found.status !== needs) throw clusterState(name, needs, found.status);
    return found;
  };

  const ordered = (context: Ctx, found: DatabaseSeen, what: DatabaseOrder['order']): object => {
    order(context, found.name, what);
    const status = { ...found, status: STATUS_AFTER[what] };
    return found.engine === 'aurora'
      ? { DBCluster: clusterView(context.state, status) }
      : { DBInstance: instanceView(context.state, status, found.name) };
  };

  return [
    rdsOperation<DescribeDBInstancesMessage>(DescribeDBInstances$, {
      summary: 'Lists the databases of RDS, and the two instances of each of Aurora.',
      members: { DBInstanceIdentifier: { purpose: 'only this one' }, ...PAGE, ...NO_FILTERS },
      pagination: paged('DBInstances'),
      handle(context, input) {
        const { DBInstanceIdentifier: id } = input;
        const pairs =
          id === undefined
            ? all(context).flatMap((one) => instancesOf(one).map((name) => [one, name] as const))
            : [[instance(context, id), id] as const];
        const { items, rest } = page(pairs, input);
        return { DBInstances: items.map(([one, name]) => instanceView(context.state, one, name)), ...rest };
      },
    }),
    rdsOperation<DescribeDBClustersMessage>(DescribeDBClusters$, {
      summary: 'Lists the databases of Aurora.',
      members: {
        DBClusterIdentifier: { purpose: 'only this one' },
        ...PAGE,
        ...NO_FILTERS,
        ...refused('no cluster is shared here', 'IncludeShared'),
      },
      pagination: paged('DBClusters'),
      handle(context, input) {
        const { DBClusterIdentifier: id } = input;
        const found =
          id === undefined
            ? all(context).filter(({ engine }) => engine === 'aurora')
            : [cluster(context, id)];
        const { items, rest } = page(found, input);
        return { DBClusters: items.map((one) => clusterView(context.state, one)), ...rest };
      },
    }),
    rdsOperation<StopDBInstanceMessage>(StopDBInstance$, {
      summary: 'Stops a database of RDS; it takes no writes until it is started.',
      members: {
        DBInstanceIdentifier: INSTANCE,
        ...refused('there are no snapshots here', 'DBSnapshotIdentifier'),
        ...refused('there are no reservations here', 'DetachFromDBCapacityReservation'),
      },
      handle: (context, { DBInstanceIdentifier: name }) =>
        ordered(context, alone(context, name!, 'available'), 'stop'),
    }),
    rdsOperation<StartDBInstanceMessage>(StartDBInstance$, {
      summary: 'Starts a database of RDS that is stopped.',
      members: {
        DBInstanceIdentifier: INSTANCE,
        ...refused('there are no reservations here', 'DBCapacityReservationIdentifier'),
      },
      handle: (context, { DBInstanceIdentifier: name }) =>
        ordered(context, alone(context, name!, 'stopped'), 'start'),
    }),
    rdsOperation<RebootDBInstanceMessage>(RebootDBInstance$, {
      summary: 'Restarts a database of RDS, or makes its standby take over.',
      members: {
        DBInstanceIdentifier: INSTANCE,
        ForceFailover: { purpose: 'the standby takes over; needs --multi-az', default: false },
      },
      handle(context, { DBInstanceIdentifier: name, ForceFailover: failover = false }) {
        const found = alone(context, name!, 'available');
        if (failover && !found.multiAz) {
          throw together('Cannot force failover of a DB instance that is not Multi-AZ.');
        }
        return ordered(context, found, failover ? 'failover' : 'reboot');
      },
    }),
    rdsOperation<StopDBClusterMessage>(StopDBCluster$, {
      summary: 'Stops a database of Aurora.',
      members: { DBClusterIdentifier: CLUSTER },
      handle: (context, { DBClusterIdentifier: name }) =>
        ordered(context, cluster(context, name!, 'available'), 'stop'),
    }),
    rdsOperation<StartDBClusterMessage>(StartDBCluster$, {
      summary: 'Starts a database of Aurora that is stopped.',
      members: { DBClusterIdentifier: CLUSTER },
      handle: (context, { DBClusterIdentifier: name }) =>
        ordered(context, cluster(context, name!, 'stopped'), 'start'),
    }),
    rdsOperation<FailoverDBClusterMessage>(FailoverDBCluster$, {
      summary: 'Makes the other instance of an Aurora database the one that writes.',
      members: {
        DBClusterIdentifier: CLUSTER,
        TargetDBInstanceIdentifier: { purpose: 'which is to write: NAME-instance-2' },
      },
      handle(context, { DBClusterIdentifier: name, TargetDBInstanceIdentifier: target }) {
        const found = cluster(context, name!, 'available');
        if (target !== undefined && target !== writerOf(found, true)) {
          throw instancesOf(found).includes(target)
            ? together(`${target} is the writer of the cluster already.`)
            : noSuchInstance(target);
        }
        return ordered(context, found, 'failover');
      },
    }),
  ];
}
