/** Lines that a service writes to CloudWatch Logs: delivered to the service `logs`, if there is such a group. */
export interface LogLines {
  readonly type: 'LogLines';
  readonly account: string;
  readonly group: string;
  readonly stream: string;
  readonly lines: readonly string[];
}

/** What others may look at: groups by `account/name`. */
export interface LogBook {
  readonly groups: ReadonlyMap<string, object>;
}

export const isLogLines = (payload: object): payload is LogLines =>
  'type' in payload && payload.type === 'LogLines';
