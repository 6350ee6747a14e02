/** A bill in words and figures: for the prompt, at most 80 columns wide, and the figures of the Costs pane. */
import type { Alternative, CostLine, CostView } from './cost.ts';
import { exact, money, short, span } from './figures.ts';

const COLUMNS = 80;

/** Names as AWS writes them; a service that is not here is written in capitals. */
const SERVICES: Readonly<Record<string, string>> = {
  kinesis: 'Kinesis',
  firehose: 'Firehose',
  lambda: 'Lambda',
  cloudwatch: 'CloudWatch',
  events: 'EventBridge',
  pipes: 'Pipes',
  dynamodb: 'DynamoDB',
  transfer: 'Transfer',
};

export const serviceName = (service: string): string => SERVICES[service] ?? service.toUpperCase();

/** `3,612`, `0.35`, `0.0000012`: a quantity of any size in a few cells. */
export function amount(units: number): string {
  if (units >= 1e10) return short(units);
  if (Number.isInteger(units) || units >= 1_000) return exact(Math.round(units));
  if (units >= 1) return units.toFixed(2).replace(/\.?0+$/u, '');
  return money(units).slice(1);
}

/** `3,612 requests`; `1 shard-hour`. */
export const quantityText = ({ quantity, unit }: CostLine): string =>
  `${amount(quantity)} ${quantity === 1 || unit.startsWith('GB') ? unit : `${unit}s`}`;

/** `$0.40 a million`, `$0.015 a shard-hour`, `free`. */
export function priceText({ price, per, unit }: CostLine): string {
  if (price === 0) return 'free';
  return `${priceUsd(price)} ${per === 1 ? `a ${unit}` : per === 1_000_000 ? 'a million' : `for ${exact(per)}`}`;
}

/** All digits of a price, two at least. */
function priceUsd(usd: number): string {
  const [whole = '0', digits = ''] = usd.toFixed(10).replace(/0+$/u, '').split('.');
  return `$${whole}.${digits.padEnd(2, '0')}`;
}

/** `-$0.0013`, `+$1.20`. */
export const differenceText = ({ difference }: Alternative): string =>
  difference > 0 ? `+${money(difference)}` : money(difference);

/** Where the prices come from. */
const sourceText = ({ prices: { title, region, date } }: CostView): string =>
  `${title} of ${date}, ${region}: check AWS`;

export function costText(view: CostView): string {
  const intro =
    view.period === 'month'
      ? `A month of 730 hours at the rate of the last ${span(view.rateOverMs ?? 0)}, after the free tier.`
      : 'So far, before the free tier.';
  const rows = [intro];
  if (view.lines.length === 0) rows.push('Nothing that costs anything was done yet.');
  else rows.push('', ...tableRows(view));
  if (view.alternatives.length > 0) rows.push('', 'The same work done differently:', ...otherwise(view));
  rows.push('', `${sourceText(view)}.`);
  return rows.join('\n');
}

const NAME = 28;
const QUANTITY = 24;
const PRICE = 17;

function tableRows({ lines, usd, period }: CostView): string[] {
  const rows = lines.map((line) => {
    const free = period === 'month' && line.free > 0 && line.usd === 0 ? 'free' : money(line.usd);
    return row(`${serviceName(line.service)} ${line.title}`, quantityText(line), priceText(line), free);
  });
  return [...rows, row('Total', '', '', money(usd))];
}

function row(name: string, quantity: string, price: string, cost: string): string {
  const left = name.length > NAME ? `${name.slice(0, NAME - 1)}…` : name.padEnd(NAME);
  const text = `${left} ${quantity.padStart(QUANTITY)} ${price.padStart(PRICE)}`;
  // A long quantity takes of the blanks before the price.
  return `${text} ${cost.padStart(COLUMNS - 1 - text.length)}`.trimEnd();
}

const WIDTH_OF_DIFFERENCE = 11;

function otherwise({ alternatives }: CostView): string[] {
  return alternatives.flatMap((alternative) => [
    `${differenceText(alternative).padStart(WIDTH_OF_DIFFERENCE)}  ${serviceName(alternative.service)} with ${alternative.name}: ${money(alternative.usd)}`,
    ...wrapped(alternative.why, COLUMNS - WIDTH_OF_DIFFERENCE - 2).map(
      (text) => `${' '.repeat(WIDTH_OF_DIFFERENCE + 2)}${text}`,
    ),
  ]);
}

function wrapped(text: string, columns: number): string[] {
  const rows: string[] = [];
  let current = '';
  for (const word of text.split(' ')) {
    if (current !== '' && current.length + 1 + word.length > columns) {
      rows.push(current);
      current = word;
    } else current = current === '' ? word : `${current} ${word}`;
  }
  return [...rows, current];
}
