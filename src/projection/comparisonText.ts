/** A comparison as lines of text, for the prompt and for scripts: at most 80 columns. */
import { type ComparedFigure, type Comparison, type DifferingCommand, differs } from './comparison.ts';
import { count, exactInstant, money, percent, span } from './figures.ts';
import { wrapText } from './storyText.ts';

const COLUMNS = 80;
const NAME_MAX = 14;
const FIGURE = 12;

export const figureText = (unit: ComparedFigure['unit'], value: number | undefined): string => {
  if (value === undefined) return 'not there';
  return unit === 'ms' ? span(value) : unit === 'usd' ? money(value) : count(value);
};

/** From A to B: `-99%`, `×12` above tenfold, `new` from nothing. */
export function changeText({ a, b }: ComparedFigure): string {
  if (a === undefined || b === undefined) return '';
  if (a === b) return 'same';
  if (a === 0) return 'new';
  const ratio = b / a;
  if (ratio >= 10) return `×${count(Math.round(ratio))}`;
  return ratio >= 1 ? `+${percent(ratio - 1)}` : `-${percent(1 - ratio)}`;
}

/** The resource of a figure by its name: `queue/orders` is `orders`. */
export const ownerOf = ({ resource }: ComparedFigure): string =>
  resource === undefined ? '' : resource.slice(resource.indexOf('/') + 1);

export function causeLines({ a, b, cause }: Comparison): string[] {
  const told = (name: string, command: DifferingCommand | undefined): string[] =>
    command === undefined ? [] : [`${name} at ${exactInstant(command.at)}: ${command.line}`];
  return [...told(a, cause.a), ...told(b, cause.b)];
}

export function comparisonText(comparison: Comparison): string {
  const { a, b, at, first, figures, summary, unsearched } = comparison;
  const lines = [`${a} against ${b}, both to ${exactInstant(at)}`, ''];
  if (first === undefined) {
    lines.push(unsearched ?? 'They do not differ: every event is the same.');
  } else {
    lines.push(`First difference at ${exactInstant(first.at)}`);
    lines.push(...wrapText(`${a}: ${first.a.words}`, COLUMNS - 2).map(indent));
    lines.push(...wrapText(`${b}: ${first.b.words}`, COLUMNS - 2).map(indent));
  }
  const causes = causeLines(comparison);
  if (causes.length > 0) {
    lines.push('Because of');
    for (const cause of causes) lines.push(...wrapText(cause, COLUMNS - 2).map(indent));
  }
  const changed = figures.filter(differs);
  const same = figures.length - changed.length;
  if (changed.length > 0) lines.push('', ...tableLines(comparison, changed));
  if (same > 0) lines.push('', `${same} other ${same === 1 ? 'figure is' : 'figures are'} the same.`);
  if (first !== undefined) lines.push('', ...wrapText(summary.join(' '), COLUMNS));
  return lines.join('\n');
}

const indent = (line: string): string => `  ${line}`;

function tableLines({ a, b }: Comparison, figures: readonly ComparedFigure[]): string[] {
  const names = Math.max(...figures.map((figure) => labelOf(figure).length));
  const cells = Math.min(names, COLUMNS - 2 * FIGURE - 22);
  const head = `${' '.repeat(cells)} ${a.slice(0, NAME_MAX).padStart(FIGURE)} ${b.slice(0, NAME_MAX).padStart(FIGURE)}   change`;
  return [
    head,
    ...figures.map((figure) => {
      const left = figureText(figure.unit, figure.a).padStart(FIGURE);
      const right = figureText(figure.unit, figure.b).padStart(FIGURE);
      const better = figure.better === undefined ? '' : `  better: ${figure.better === 'a' ? a : b}`;
      return `${labelOf(figure).slice(0, cells).padEnd(cells)} ${left} ${right} ${changeText(figure).padStart(8)}${better}`.slice(
        0,
        COLUMNS,
      );
    }),
  ];
}

const labelOf = (figure: ComparedFigure): string =>
  figure.resource === undefined ? figure.label : `${ownerOf(figure)} ${figure.label}`;
