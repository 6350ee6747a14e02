/** `world export`: what builds the same resources elsewhere. */
import { loadAwsServiceSpec } from '@aws-cdk/aws-service-spec';
import { describe, expect, it } from 'vitest';
import { CATALOG } from '../../src/catalog.ts';
import { splitScript } from '../../src/command/splitScript.ts';
import { comparable } from '../../src/export/blueprint.ts';
import { blueprintOf } from '../../src/export/index.ts';
import { askingCopy } from '../../src/session/asking.ts';
import type { WorldSession } from '../../src/session/session.ts';
import { newWorld, runLines } from '../support/worlds.ts';
import { GALLERY, galleryWorld, wideWorld } from './worlds.ts';

const services = new Map(CATALOG.map(({ description }) => [description.name, description]));

/** All resources with their properties, as a client reads them. */
function resourcesOf(session: WorldSession): ReturnType<typeof comparable> {
  const { account, region } = session.settings;
  const ask = askingCopy(session.world, services, account);
  return comparable(blueprintOf({ ask, catalog: services, resources: [], account, region }));
}

function rebuilt(session: WorldSession): WorldSession {
  const script = splitScript(session.insight.exported('cli'));
  return runLines(newWorld({ seed: 99 }), ...script);
}

describe('a script for the AWS CLI', () => {
  it('builds a world with the same resources, property by property', () => {
    const session = wideWorld();
    const resources = resourcesOf(session);
    expect(new Set(resources.map(({ type }) => type)).size).toBeGreaterThanOrEqual(17);
    expect(resourcesOf(rebuilt(session))).toEqual(resources);
  });

  it.each(GALLERY)('builds the resources of %s', (name) => {
    const session = galleryWorld(name);
    // An endpoint confirms by an app, and apps are not exported.
    const confirmed = resourcesOf(session).filter(
      ({ name }) => !/-(?:https?|email|email-json)-\d+$/u.test(String(name)),
    );
    expect(resourcesOf(rebuilt(session))).toEqual(confirmed);
  });

  it('asks for the account, and says what it leaves out', () => {
    const script = wideWorld().insight.exported('cli');
    expect(script).toContain('ACCOUNT=$(aws sts get-caller-identity --query Account --output text)');
    expect(script.replace(/^#.*$/gmu, '')).not.toContain('000000000000');
    expect(script).toContain('# Left out: apps, which are no part of AWS: web.');
  });

  it('changes nothing in the world that it reads', () => {
    const session = wideWorld();
    const before = session.world.simulation.digest();
    session.insight.exported('cli');
    expect(session.world.simulation.digest()).toBe(before);
  });
});

interface Template {
  readonly Resources: Readonly<Record<string, { Type: string; Properties: object; DependsOn?: string[] }>>;
}

// biome-ignore-start lint/suspicious/noTemplateCurlyInString: AWS IoT's own placeholders
const KEY = '${topic(2)}/${timestamp()}.json';
const TOPICS = 'arn:aws:sns:us-east-1:000000000000:${topic(2)}';
// biome-ignore-end lint/suspicious/noTemplateCurlyInString: AWS IoT's own placeholders

describe('a CloudFormation template', () => {
  const template = (session: WorldSession): Template =>
    JSON.parse(session.insight.exported('cloudformation')) as Template;

  it('has only types and properties of CloudFormation’s own specification', async () => {
    const spec = await loadAwsServiceSpec();
    for (const { Type, Properties } of Object.values(template(wideWorld()).Resources)) {
      const found = spec.lookup('resource', 'cloudFormationType', 'equals', Type).only();
      const unknown = Object.keys(Properties).filter((name) => found.properties[name] === undefined);
      expect([Type, unknown]).toEqual([Type, []]);
      const missing = Object.entries(found.properties).filter(
        ([name, { required }]) => required === true && !(name in Properties),
      );
      expect([Type, missing.map(([name]) => name)]).toEqual([Type, []]);
    }
  });

  it('points only at what it holds, and nothing waits for itself', () => {
    const { Resources } = template(wideWorld());
    const needs = new Map(
      Object.entries(Resources).map(([id, { Properties, DependsOn = [] }]) => [
        id,
        new Set([...pointed(Properties), ...DependsOn]),
      ]),
    );
    for (const [id, ids] of needs)
      for (const other of ids) expect([id, Resources[other] !== undefined]).toEqual([id, true]);
    const settled = new Set<string>();
    for (let before = -1; before < settled.size; ) {
      before = settled.size;
      for (const [id, ids] of needs) if ([...ids].every((other) => settled.has(other))) settled.add(id);
    }
    expect([...needs.keys()].filter((id) => !settled.has(id))).toEqual([]);
  });

  it('keeps the templates of a topic rule as they are, where a text names the account', () => {
    const rule = {
      sql: "SELECT * FROM 'plant/#'",
      actions: [
        {
          sqs: {
            roleArn: 'arn:aws:iam::000000000000:role/iot',
            queueUrl: 'https://sqs.us-east-1.amazonaws.com/000000000000/elsewhere',
          },
        },
        { s3: { roleArn: 'arn:aws:iam::000000000000:role/iot', bucketName: 'lake', key: KEY } },
        { sns: { roleArn: 'arn:aws:iam::000000000000:role/iot', targetArn: TOPICS } },
      ],
    };
    const payload = JSON.stringify(rule).replaceAll("'", `'"'"'`);
    const session = runLines(
      newWorld(),
      's3api create-bucket --bucket lake',
      `iot create-topic-rule --rule-name hot --topic-rule-payload '${payload}'`,
    );
    const { Properties } = Object.values(template(session).Resources).find(
      ({ Type }) => Type === 'AWS::IoT::TopicRule',
    )!;
    const { Actions } = (
      Properties as { readonly TopicRulePayload: { readonly Actions: readonly Record<string, object>[] } }
    ).TopicRulePayload;
    // Alone it is no template of CloudFormation's; in Fn::Sub the dollar is escaped.
    expect(Actions[1]!.S3).toMatchObject({ Key: KEY });
    expect(Actions[2]!.Sns).toMatchObject({
      // biome-ignore lint/suspicious/noTemplateCurlyInString: both languages' own placeholders
      TargetArn: { 'Fn::Sub': 'arn:aws:sns:us-east-1:${AWS::AccountId}:${!topic(2)}' },
    });
  });
});

/** Logical ids that a value names. */
function pointed(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(pointed);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, member]): string[] => {
    if (key === 'Ref') return [String(member)].filter((id) => !id.startsWith('AWS::'));
    if (key === 'Fn::GetAtt') return [(member as string[])[0]!];
    if (key === 'Fn::Sub') return [...String(member).matchAll(/\$\{(?!!|AWS::)(\w+)/gu)].map(([, id]) => id!);
    return pointed(member);
  });
}

describe('Terraform’s JSON', () => {
  const written = JSON.parse(wideWorld().insight.exported('terraform')) as {
    readonly resource: Readonly<Record<string, Readonly<Record<string, object>>>>;
  };

  it('points only at what it holds', () => {
    const text = JSON.stringify(written.resource);
    const addresses = [...text.matchAll(/\$\{(aws_\w+)\.([\w-]+)\.\w+\}/gu)];
    expect(addresses.length).toBeGreaterThan(10);
    for (const [address, type, label] of addresses)
      expect([address, written.resource[type!]?.[label!] !== undefined]).toEqual([address, true]);
  });

  it('names everything in the provider’s letters', () => {
    for (const [type, resources] of Object.entries(written.resource)) {
      expect(type).toMatch(/^aws_[a-z0-9_]+$/u);
      for (const [label, body] of Object.entries(resources)) {
        expect(label).toMatch(/^[A-Za-z_][\w-]*$/u);
        for (const name of Object.keys(body)) expect(name).toMatch(/^[a-z0-9_]+$/u);
      }
    }
  });
});

describe('a Mermaid diagram', () => {
  it.each(GALLERY)('of %s has every node and edge in Mermaid’s grammar', (name) => {
    const [first, ...lines] = galleryWorld(name).insight.exported('mermaid').trimEnd().split('\n');
    expect(first).toBe('flowchart LR');
    const node = /^ {2}n\d+(?:\[\("[^"]+"\)\]|\("[^"]+"\)|\["[^"]+"\])$/u;
    const edge = /^ {2}n\d+ (?:-->|-\.->)(?:\|"[^"]+"\|)? n\d+$/u;
    expect(lines.filter((line) => !node.test(line) && !edge.test(line))).toEqual([]);
  });
});
