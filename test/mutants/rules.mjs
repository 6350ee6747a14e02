/** One changed rule of EventBridge and AWS IoT each: see table.mjs. */
const SOURCES = 'FH-06';

export const RULE_MUTANTS = [
  {
    name: 'a rule takes every event, whatever its pattern says',
    fact: SOURCES,
    edits: [
      [
        'src/services/events/rules/receiving.ts',
        'if (fits(rule.pattern, facts)) fitting.push(rule);',
        'fitting.push(rule);',
      ],
    ],
  },
  {
    name: 'EventBridge hands nothing to a delivery stream',
    fact: SOURCES,
    edits: [['src/services/events/rules/targets.ts', "    case 'firehose': {", "    case 'nowhere': {"]],
  },
  {
    name: 'a topic rule does not look into the payload',
    fact: SOURCES,
    edits: [
      [
        'src/services/iot/rules/evaluating.ts',
        'if (where !== undefined && evaluate(where, value, around) !== true) return undefined;',
        '',
      ],
    ],
  },
];
