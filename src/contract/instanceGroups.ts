/** Of Auto Scaling's state, what apps need to know that run on its instances; and what it tells them. */
export interface InstanceGroups {
  readonly groups: ReadonlyMap<
    string,
    {
      readonly name: string;
      readonly account: string;
      readonly instances: ReadonlyMap<string, { readonly id: string; readonly state: string }>;
    }
  >;
}

/** Delivered to `app` at each step of an instance's life. */
export interface InstanceNews {
  readonly type: 'InstanceLaunched' | 'InstanceInService' | 'InstanceTerminating' | 'InstanceTerminated';
  /** The group's name. */
  readonly group: string;
  readonly instance: string;
}
