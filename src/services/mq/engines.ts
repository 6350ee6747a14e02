/** Which engine runs in a broker. */
import { activemq } from './activemq/index.ts';
import type { Engine } from './engine.ts';
import type { Broker, EngineType } from './model.ts';
import { rabbit } from './rabbit/index.ts';

const ENGINES: Readonly<Record<EngineType, Engine>> = { ACTIVEMQ: activemq, RABBITMQ: rabbit };

export const engineOf = ({ engine }: Broker): Engine => ENGINES[engine];
