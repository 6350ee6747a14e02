/** Forms: the few fields that matter of a new resource, and the command they make. A form runs nothing but that. */
export interface Field {
  readonly id: string;
  readonly label: string;
  /** `queue`: one of the queues there are, or none. */
  readonly kind: 'text' | 'choice' | 'queue';
  /** Of a choice. */
  readonly choices?: readonly string[];
  readonly start: string;
  /** Range or rule, beside the field. */
  readonly about: string;
  /** What is wrong with a value; undefined when it is right. */
  readonly check?: (value: string, all: Readonly<Record<string, string>>) => string | undefined;
  /** False hides the field. */
  readonly when?: (all: Readonly<Record<string, string>>) => boolean;
}

export interface Form {
  readonly id: string;
  /** "New SQS queue". */
  readonly title: string;
  readonly about: string;
  readonly fields: readonly Field[];
  /** The command line the fields make, or several with line ends between, without `aws ` for the playground's own. */
  readonly command: (values: Readonly<Record<string, string>>) => string;
  /** Of several lines the one that goes into the prompt to be changed. */
  readonly editsLine?: number;
  readonly cost: string;
}

export type Values = Readonly<Record<string, string>>;

/** What a form opens with: a name nobody has yet, and the newest queue where one is asked for. */
export const startValues = (
  form: Form,
  taken: readonly string[],
  queues: readonly string[],
): Record<string, string> =>
  Object.fromEntries(
    form.fields.map((field) => {
      if (field.id === 'name') return [field.id, freeName(field.start, taken)];
      if (field.kind === 'queue' && field.start !== '') return [field.id, queues.at(-1) ?? ''];
      return [field.id, field.start];
    }),
  );

function freeName(start: string, taken: readonly string[]): string {
  if (!taken.includes(start)) return start;
  const stem = start.replace(/-\d+$/, '');
  for (let number = 2; ; number++) {
    if (!taken.includes(`${stem}-${number}`)) return `${stem}-${number}`;
  }
}

export const fieldsOf = (form: Form, values: Values): readonly Field[] =>
  form.fields.filter((field) => field.when?.(values) ?? true);

/** The first thing that is wrong, by field. */
export const problemsOf = (form: Form, values: Values): Readonly<Record<string, string>> =>
  Object.fromEntries(
    fieldsOf(form, values).flatMap((field) => {
      const problem = field.check?.(values[field.id] ?? '', values);
      return problem === undefined ? [] : [[field.id, problem]];
    }),
  );

const UNITS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: 86_400 };

/** "90", "1m30", "1m30s", "12h" in seconds; undefined when it is no duration. */
export function secondsOf(text: string): number | undefined {
  const value = text.trim().replace(/\s+/g, '');
  if (/^\d+$/.test(value)) return Number(value);
  if (!/^(\d+[smhd])+\d*$/.test(value)) return undefined;
  let total = 0;
  let unit = 's';
  for (const [, digits, letter] of value.matchAll(/(\d+)([smhd]?)/g)) {
    const here = letter === '' ? smaller(unit) : letter!;
    total += Number(digits) * (UNITS[here] ?? 1);
    unit = here;
  }
  return total;
}

const smaller = (unit: string): string => ({ d: 'h', h: 'm', m: 's' })[unit] ?? 's';

/** Quotes a value for the prompt where it needs it. */
export const quoted = (value: string): string =>
  /^[A-Za-z0-9_./:=@%+,-]+$/.test(value) ? value : `'${value.replaceAll("'", `'"'"'`)}'`;
