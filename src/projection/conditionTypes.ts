/** The condition language of lessons, `expect`, `time until` and the library (lesson format, section 5), as types. */

export type Scalar = string | number | boolean | null;

export interface MatcherObject {
  readonly equals?: Scalar;
  readonly atLeast?: number | string;
  readonly atMost?: number | string;
  readonly moreThan?: number | string;
  readonly lessThan?: number | string;
  readonly not?: Matcher;
  readonly in?: readonly Scalar[];
  readonly contains?: Scalar;
  readonly startsWith?: string;
  readonly exists?: boolean;
  readonly sameAs?: string;
}
export type Matcher = Scalar | MatcherObject;
export type Matchers = Readonly<Record<string, Matcher>>;

interface Wording {
  /** Shown while the condition is unmet. */
  readonly else?: string;
}

export interface StateCondition extends Wording {
  readonly state: string;
  readonly is?: Matchers;
  readonly exists?: boolean;
  readonly for?: string;
  readonly ever?: boolean;
}

export interface EventPattern {
  readonly event: string;
  readonly where?: Matchers;
}

export interface EventCondition extends EventPattern, Wording {
  readonly count?: Matcher;
  readonly within?: string;
  readonly since?: string;
}

export interface SequenceCondition extends Wording {
  readonly sequence: readonly (EventPattern & { readonly within?: string })[];
  readonly same?: readonly string[];
  readonly differ?: readonly string[];
  readonly since?: string;
}

export interface QueryCondition extends Wording {
  readonly query: string;
  readonly is: Matcher;
}

interface AllCondition extends Wording {
  readonly all: readonly Condition[];
}

interface AnyCondition extends Wording {
  readonly any: readonly Condition[];
}

export type Condition =
  | StateCondition
  | EventCondition
  | SequenceCondition
  | QueryCondition
  | AllCondition
  | AnyCondition;
