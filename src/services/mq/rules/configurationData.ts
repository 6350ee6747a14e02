/**
 * What a configuration may hold. Amazon MQ Developer Guide, Working with Spring XML configuration files; RabbitMQ broker
 * configurations. Elements of ActiveMQ that are not allowed are taken out, with a warning.
 */
import { badRequest } from '../errors.ts';
import type { EngineType } from '../model.ts';

export interface Warning {
  readonly ElementName: string;
  readonly AttributeName?: string;
  readonly Reason:
    | 'DISALLOWED_ELEMENT_REMOVED'
    | 'DISALLOWED_ATTRIBUTE_REMOVED'
    | 'INVALID_ATTRIBUTE_VALUE_REMOVED';
}

const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/u;
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** ASCII text from base64, and back. */
function fromBase64(text: string): string {
  const clean = text.replace(/\s+/gu, '');
  if (!BASE64.test(clean) || clean.length % 4 === 1) {
    throw badRequest('data is invalid. It must be base64-encoded.', 'Use --data "$(base64 -w0 FILE)".');
  }
  let result = '';
  let bits = 0;
  let held = 0;
  for (const letter of clean.replace(/=+$/u, '')) {
    held = ((held << 6) | LETTERS.indexOf(letter)) & 0xffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    result += String.fromCharCode((held >> bits) & 0xff);
  }
  return result;
}

export function toBase64(text: string): string {
  let result = '';
  for (let at = 0; at < text.length; at += 3) {
    const [a, b, c] = [text.charCodeAt(at), text.charCodeAt(at + 1), text.charCodeAt(at + 2)];
    const has = text.length - at;
    result += LETTERS[a! >> 2]! + LETTERS[((a! & 3) << 4) | (has > 1 ? b! >> 4 : 0)]!;
    result += has > 1 ? LETTERS[((b! & 15) << 2) | (has > 2 ? c! >> 6 : 0)]! : '=';
    result += has > 2 ? LETTERS[c! & 63]! : '=';
  }
  return result;
}

export const DEFAULT_DATA: Readonly<Record<EngineType, string>> = {
  ACTIVEMQ: `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<broker xmlns="http://activemq.apache.org/schema/core">
  <destinationPolicy>
    <policyMap>
      <policyEntries>
        <policyEntry topic="&gt;" gcInactiveDestinations="true" inactiveTimoutBeforeGC="600000">
          <pendingMessageLimitStrategy>
            <constantPendingMessageLimitStrategy limit="1000"/>
          </pendingMessageLimitStrategy>
        </policyEntry>
        <policyEntry queue="&gt;" gcInactiveDestinations="true" inactiveTimoutBeforeGC="600000"/>
      </policyEntries>
    </policyMap>
  </destinationPolicy>
  <plugins/>
</broker>
`,
  RABBITMQ: `# Default RabbitMQ delivery acknowledgement timeout is 30 minutes in milliseconds
consumer_timeout = 1800000
`,
};

/** Elements that run code, open ports or reach outside: Amazon MQ takes them out. */
const DISALLOWED = new Set([
  'bean',
  'beans',
  'import',
  'property',
  'persistenceAdapter',
  'kahaDB',
  'jdbcPersistenceAdapter',
  'transportConnector',
  'transportConnectors',
  'sslContext',
  'managementContext',
  'jaasAuthenticationPlugin',
  'simpleAuthenticationPlugin',
  'runtimeConfigurationPlugin',
  'shutdownHook',
  'proxyConnector',
  'proxyConnectors',
]);

const ELEMENT = /<(\/?)([A-Za-z][\w:.-]*)([^<>]*?)(\/?)>/gu;

/** Checks it, and takes out what is not allowed. Throws what Amazon MQ answers. */
export function readData(engine: EngineType, encoded: string): { data: string; warnings: Warning[] } {
  const text = fromBase64(encoded);
  return engine === 'ACTIVEMQ' ? readXml(text) : readCuttlefish(text);
}

function readXml(text: string): { data: string; warnings: Warning[] } {
  const body = text.replace(/<!--[\s\S]*?-->/gu, '').replace(/<\?[\s\S]*?\?>/gu, '');
  const warnings: Warning[] = [];
  const open: string[] = [];
  let first: string | undefined;
  let kept = '';
  let at = 0;
  let removing = 0;
  for (const match of body.matchAll(ELEMENT)) {
    const [whole, closing, name = '', , empty] = match;
    if (removing === 0) kept += body.slice(at, match.index);
    at = match.index + whole.length;
    first ??= name;
    if (closing === '/') {
      if (open.pop() !== name) throw invalidXml(`The element </${name}> closes nothing that is open.`);
      if (removing === 0) kept += whole;
      else if (open.length < removing) removing = 0;
      continue;
    }
    const refused = removing === 0 && DISALLOWED.has(name);
    if (refused) warnings.push({ ElementName: name, Reason: 'DISALLOWED_ELEMENT_REMOVED' });
    if (empty !== '/') {
      open.push(name);
      if (refused) removing = open.length;
    }
    if (removing === 0 && !refused) kept += whole;
  }
  if (first !== 'broker') throw invalidXml('Its outermost element must be <broker>.');
  if (open.length > 0) throw invalidXml(`The element <${open.at(-1)}> is not closed.`);
  return { data: kept + body.slice(at), warnings };
}

const invalidXml = (why: string) =>
  badRequest('data is invalid. It is not a valid ActiveMQ configuration.', why);

/** Amazon MQ Developer Guide, Configurable values. */
const CUTTLEFISH =
  /^(?:consumer_timeout|heartbeat|management\.restrictions\.operator_policy_changes\.disabled|auth_[\w.]+|ssl_options\.[\w.]+|quorum_queue\.[\w.]+)$/u;

function readCuttlefish(text: string): { data: string; warnings: Warning[] } {
  for (const raw of text.split('\n')) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) continue;
    const equals = line.indexOf('=');
    const key = line.slice(0, Math.max(0, equals)).trim();
    const value = line.slice(equals + 1).trim();
    if (equals < 0) {
      throw badRequest(
        'data is invalid. It is not a valid RabbitMQ configuration.',
        `No = stands in: ${line}`,
      );
    }
    if (!CUTTLEFISH.test(key)) {
      throw badRequest(
        `data is invalid. The key [${key}] is not supported.`,
        'Of Cuttlefish keys few can be set here.',
      );
    }
    if ((key === 'consumer_timeout' || key === 'heartbeat') && !/^\d+$/u.test(value)) {
      throw badRequest(`data is invalid. The value of [${key}] must be a number.`);
    }
  }
  return { data: text, warnings: [] };
}

/** A key's value of RabbitMQ's configuration. */
export function settingIn(data: string, key: string): string | undefined {
  for (const line of data.split('\n')) {
    const equals = line.indexOf('=');
    if (equals > 0 && line.slice(0, equals).trim() === key) return line.slice(equals + 1).trim();
  }
  return undefined;
}
