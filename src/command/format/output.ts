/** An answer in the form that `--output` asks for, as the AWS CLI prints it. */
import type { OutputFormat } from '../globalOptions.ts';
import { isPlainObject, type Plain } from '../python/values.ts';
import type { Query } from '../query.ts';
import { formatJson } from './json.ts';
import { formatTable } from './table.ts';
import { formatText } from './text.ts';
import { formatYaml } from './yaml.ts';

export interface Answer {
  /** Asked for page by page. */
  readonly paged: boolean;
  /** The whole answer, pages joined. */
  readonly whole: Plain;
  /** Page by page, as `yaml-stream` prints them. */
  readonly pages: readonly Plain[];
  /** What `text` prints of each page. */
  readonly textPages: readonly Plain[];
}

const isNothing = (value: Plain): boolean => isPlainObject(value) && Object.keys(value).length === 0;

/** stdout, each line with its newline; empty when the CLI prints nothing. Throws CliFailure. */
export function formatAnswer(
  answer: Answer,
  operation: string,
  format: OutputFormat,
  query: Query | undefined,
): string {
  const picked = (value: Plain): Plain => (query ? query.search(value) : value);
  switch (format) {
    case 'text':
      return answer.textPages.map((page) => formatText(picked(page))).join('');
    case 'table':
      return formatTable(operation, picked(answer.whole));
    case 'yaml-stream': {
      const pages = answer.pages.map(picked);
      return !answer.paged && pages.every(isNothing) ? '' : pages.map((page) => formatYaml([page])).join('');
    }
    case 'yaml': {
      const value = picked(answer.whole);
      return isNothing(value) ? '' : formatYaml(value);
    }
    case 'json': {
      const value = picked(answer.whole);
      return isNothing(value) ? '' : `${formatJson(value)}\n`;
    }
  }
}
