/** What a policy is asked: who wants to do what to which resource, and the keys that conditions may name. */

export interface Principal {
  readonly type: 'root' | 'user' | 'service';
  /** `arn:aws:iam::ACCOUNT:root`, `arn:aws:iam::ACCOUNT:user/NAME`; of a service its name, `sns.amazonaws.com`. */
  readonly arn: string;
  /** Of a service: the account on whose behalf it calls. */
  readonly account: string;
}

export interface RequestKeys {
  /** The values of a condition key, its name in lower case; undefined: the request has none. */
  key(name: string): string | readonly string[] | undefined;
}

export interface PolicyRequest extends RequestKeys {
  readonly principal: Principal;
  /** `sqs:SendMessage`. */
  readonly action: string;
  /** An ARN; `*` for an action that is about no one resource. */
  readonly resource: string;
}
