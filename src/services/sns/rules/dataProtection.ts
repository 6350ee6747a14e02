/** DataProtectionPolicy. SIMPLER THAN AWS: it is kept, checked for its form, and audits or masks nothing. */
import { invalidParameter } from '../errors.ts';
import { DATA_PROTECTION_LENGTH_MAX } from '../limits.ts';
import { jsonObject } from './json.ts';

/** UNSURE: the sentences. */
export function readDataProtection(text: string): string {
  if (text.length > DATA_PROTECTION_LENGTH_MAX) {
    throw invalidParameter('DataProtectionPolicy Reason: Policy is too long');
  }
  if (text !== '' && jsonObject(text) === undefined) {
    throw invalidParameter('DataProtectionPolicy Reason: Invalid JSON');
  }
  return text;
}
