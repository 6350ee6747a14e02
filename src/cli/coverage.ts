/** `coverage`: which operations of the services are modelled, and what nobody has confirmed. */
import { CATALOG } from '../catalog.ts';
import type { MemberRule } from '../contract/operation.ts';
import type { GlobalFlags } from '../flags.ts';
import { type Exit, GOOD, print, printJson } from './exit.ts';
import { unsureNotes } from './unsure.ts';

interface CoverageFlags extends GlobalFlags {
  readonly unsure?: boolean;
  readonly json?: boolean;
}

interface OperationCoverage {
  readonly service: string;
  readonly operation: string;
  readonly modelled: boolean;
  /** Members that are refused by name. */
  readonly without: readonly string[];
}

/** Services of the study guide that are not modelled at all yet. */
const WHOLE_SERVICES = ['kinesis', 'mq'];

export async function coverage(flags: CoverageFlags): Promise<Exit> {
  if (flags.unsure === true) {
    const notes = unsureNotes();
    if (flags.json === true) printJson({ unsure: notes });
    else for (const { file, line, text } of notes) print(`${file}:${line}  ${text}`);
    return GOOD;
  }
  const operations = operationsOf();
  if (flags.json === true) {
    printJson({ operations, notModelled: WHOLE_SERVICES });
    return GOOD;
  }
  for (const { service, operation, modelled, without } of operations) {
    const less = without.length === 0 ? '' : `, without ${without.join(', ')}`;
    print(`${service.padEnd(10)} ${operation.padEnd(34)} ${modelled ? `modelled${less}` : 'not modelled'}`);
  }
  for (const service of WHOLE_SERVICES)
    print(`${service.padEnd(10)} ${'(all operations)'.padEnd(34)} not modelled`);
  return GOOD;
}

function operationsOf(): OperationCoverage[] {
  return CATALOG.flatMap(({ description }) => {
    const { name, operations } = description;
    const all = [...operations.keys(), ...(description.notModelled ?? [])];
    return all.sort(byName).map((operation) => {
      const entry = operations.get(operation);
      const rules: Readonly<Record<string, MemberRule>> = entry?.members ?? {};
      const without = Object.keys(rules).filter((member) => rules[member]?.notModelled !== undefined);
      return { service: name, operation, modelled: entry !== undefined, without };
    });
  });
}

const byName = (a: string, b: string): number => (a < b ? -1 : 1);
