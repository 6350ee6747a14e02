/** Endpoints of devices: one installation of a mobile app. */
import {
  CreatePlatformEndpoint$,
  type CreatePlatformEndpointInput,
  DeleteEndpoint$,
  type DeleteEndpointInput,
  GetEndpointAttributes$,
  type GetEndpointAttributesInput,
  ListEndpointsByPlatformApplication$,
  type ListEndpointsByPlatformApplicationInput,
  SetEndpointAttributes$,
  type SetEndpointAttributesInput,
} from '@aws-sdk/client-sns';
import { NEXT_TOKEN, paged, snsOperation } from '../define.ts';
import { invalidParameter } from '../errors.ts';
import { endpointUuid, type PlatformEndpoint, type SnsState } from '../model.ts';
import { page } from '../rules/paging.ts';
import {
  type Attributes as AttributeMap,
  applicationAt,
  checkEndpointAttributes,
  endpointAt,
  refuseSlashes,
} from '../rules/platforms.ts';

const ENDPOINT_ARN = { purpose: 'the endpoint of the device, by its ARN' } as const;
const APPLICATION_ARN = { purpose: 'the platform application, by its ARN' } as const;

export const createPlatformEndpoint = snsOperation<CreatePlatformEndpointInput>(CreatePlatformEndpoint$, {
  summary: 'Registers a device of a mobile app by the token its platform gave it.',
  members: {
    PlatformApplicationArn: APPLICATION_ARN,
    Token: { purpose: 'what the platform calls the device' },
    CustomUserData: { purpose: 'a text of your own' },
    Attributes: { purpose: 'names and values: Enabled, CustomUserData' },
  },
  handle({ state }, { PlatformApplicationArn, Token, CustomUserData, Attributes }) {
    const application = applicationAt(state, PlatformApplicationArn!);
    // UNSURE: the sentence.
    if (Token === '') throw invalidParameter('Token Reason: cannot be empty');
    const attributes: AttributeMap = {
      ...(CustomUserData !== undefined && { CustomUserData }),
      ...(Attributes as AttributeMap | undefined),
    };
    checkEndpointAttributes(attributes);
    const existing = deviceWith(state, application.arn, Token!);
    if (existing !== undefined) {
      refuseDifference(existing, attributes);
      return { EndpointArn: existing.arn };
    }
    const uuid = endpointUuid(state.seed, ++state.endpointsMade);
    const { account, platform, name } = application;
    const arn = `arn:aws:sns:${state.region}:${account}:endpoint/${platform}/${name}/${uuid}`;
    state.endpoints.set(arn, {
      arn,
      applicationArn: application.arn,
      account,
      attributes: Object.freeze({ Enabled: 'true', ...attributes, Token: Token! }),
    });
    return { EndpointArn: arn };
  },
});

function deviceWith(state: SnsState, applicationArn: string, token: string): PlatformEndpoint | undefined {
  for (const device of state.endpoints.values()) {
    if (device.applicationArn === applicationArn && device.attributes.Token === token) return device;
  }
  return undefined;
}

function refuseDifference(existing: PlatformEndpoint, given: AttributeMap): void {
  const wanted: AttributeMap = { Enabled: 'true', ...given };
  for (const name of ['CustomUserData', 'Enabled'] as const) {
    if ((existing.attributes[name] ?? '') === (wanted[name] ?? '')) continue;
    throw invalidParameter(
      `Token Reason: Endpoint ${existing.arn} already exists with the same Token, but different attributes.`,
      `${name} is ${existing.attributes[name] ?? 'not set'}; asked was ${wanted[name] ?? 'none'}.`,
    );
  }
}

export const deleteEndpoint = snsOperation<DeleteEndpointInput>(DeleteEndpoint$, {
  summary: 'Removes the endpoint of a device; its subscriptions stay listed.',
  members: { EndpointArn: ENDPOINT_ARN },
  handle({ state }, { EndpointArn }) {
    refuseSlashes('EndpointArn', EndpointArn!, 4);
    state.endpoints.delete(EndpointArn!);
    return {};
  },
});

export const getEndpointAttributes = snsOperation<GetEndpointAttributesInput>(GetEndpointAttributes$, {
  summary: 'Tells about the endpoint of a device: its token, whether it is enabled.',
  members: { EndpointArn: ENDPOINT_ARN },
  handle: ({ state }, { EndpointArn }) => ({
    Attributes: { ...endpointAt(state, EndpointArn!).attributes },
  }),
});

export const setEndpointAttributes = snsOperation<SetEndpointAttributesInput>(SetEndpointAttributes$, {
  summary: 'Changes the endpoint of a device: Enabled=true takes it back into use.',
  members: { EndpointArn: ENDPOINT_ARN, Attributes: { purpose: 'names and new values' } },
  handle({ state }, { EndpointArn, Attributes }) {
    const device = endpointAt(state, EndpointArn!);
    const given = (Attributes ?? {}) as AttributeMap;
    checkEndpointAttributes(given);
    device.attributes = Object.freeze({ ...device.attributes, ...given });
    return {};
  },
});

export const listEndpointsByPlatformApplication = snsOperation<ListEndpointsByPlatformApplicationInput>(
  ListEndpointsByPlatformApplication$,
  {
    summary: 'Lists the devices of a mobile app, a hundred in one answer.',
    members: { PlatformApplicationArn: APPLICATION_ARN, NextToken: NEXT_TOKEN },
    pagination: paged('Endpoints'),
    handle({ state }, { PlatformApplicationArn, NextToken }) {
      const application = applicationAt(state, PlatformApplicationArn!);
      const own = [...state.endpoints.values()].filter(
        ({ applicationArn }) => applicationArn === application.arn,
      );
      const { items, next } = page(own, ({ arn }) => arn, NextToken);
      return {
        Endpoints: items.map(({ arn, attributes }) => ({ EndpointArn: arn, Attributes: { ...attributes } })),
        ...(next !== undefined && { NextToken: next }),
      };
    },
  },
);
