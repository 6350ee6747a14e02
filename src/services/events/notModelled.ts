/** Operations of EventBridge that are refused by name, and what there is instead. */
export const NOT_MODELLED: readonly string[] = `
ActivateEventSource CancelReplay CreateApiDestination CreateArchive CreateConnection CreateEndpoint
CreateEventBus CreatePartnerEventSource DeactivateEventSource DeauthorizeConnection DeleteApiDestination
DeleteArchive DeleteConnection DeleteEndpoint DeleteEventBus DeletePartnerEventSource DescribeApiDestination
DescribeArchive DescribeConnection DescribeEndpoint DescribeEventBus DescribeEventSource
DescribePartnerEventSource DescribeReplay ListApiDestinations ListArchives ListConnections ListEndpoints
ListEventBuses ListEventSources ListPartnerEventSourceAccounts ListPartnerEventSources ListReplays
ListTagsForResource PutPartnerEvents PutPermission RemovePermission StartReplay TagResource UntagResource
UpdateApiDestination UpdateArchive UpdateConnection UpdateEndpoint UpdateEventBus`
  .trim()
  .split(/\s+/u);

const BUS = 'each account has its default bus';
export const INSTEAD: Readonly<Record<string, string>> = {
  CreateEventBus: BUS,
  DescribeEventBus: BUS,
  ListEventBuses: BUS,
  CreateArchive: 'a rule with a delivery stream or a log group as target keeps events',
  StartReplay: 'time back goes to an earlier instant of the world',
  CreateApiDestination: 'a topic with an HTTP subscription reaches an endpoint',
};
