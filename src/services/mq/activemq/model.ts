/** What ActiveMQ keeps. */
export interface ActiveRuntime {
  readonly type: 'ACTIVEMQ';
}
