/** Platform applications: a mobile app at Google, Apple or Amazon. */
import {
  CreatePlatformApplication$,
  type CreatePlatformApplicationInput,
  DeletePlatformApplication$,
  type DeletePlatformApplicationInput,
  GetPlatformApplicationAttributes$,
  type GetPlatformApplicationAttributesInput,
  ListPlatformApplications$,
  type ListPlatformApplicationsInput,
  SetPlatformApplicationAttributes$,
  type SetPlatformApplicationAttributesInput,
} from '@aws-sdk/client-sns';
import { NEXT_TOKEN, paged, snsOperation } from '../define.ts';
import { page } from '../rules/paging.ts';
import {
  type Attributes as AttributeMap,
  applicationAt,
  checkApplicationAttributes,
  checkName,
  checkPlatform,
  refuseSlashes,
  shownAttributes,
} from '../rules/platforms.ts';

const APPLICATION_ARN = { purpose: 'the platform application, by its ARN' } as const;

/** SIMPLER THAN AWS: credentials are taken as they are; no platform is asked. */
export const createPlatformApplication = snsOperation<CreatePlatformApplicationInput>(
  CreatePlatformApplication$,
  {
    summary: 'Registers a mobile app, so that its devices can get messages.',
    members: {
      Name: { purpose: 'letters, digits and . _ or -' },
      Platform: { purpose: 'who carries it: GCM, APNS, APNS_SANDBOX, ADM …' },
      Attributes: { purpose: 'credentials: PlatformCredential; for APNS PlatformPrincipal too' },
    },
    handle({ state, caller }, { Name, Platform, Attributes }) {
      checkName(Name!);
      checkPlatform(Platform!);
      const given = (Attributes ?? {}) as AttributeMap;
      checkApplicationAttributes(Platform!, given);
      const arn = `arn:aws:sns:${state.region}:${caller.account}:app/${Platform}/${Name}`;
      const existing = state.applications.get(arn);
      if (existing !== undefined) {
        existing.attributes = Object.freeze({ ...existing.attributes, ...given });
        return { PlatformApplicationArn: arn };
      }
      state.applications.set(arn, {
        arn,
        name: Name!,
        platform: Platform!,
        account: caller.account,
        order: state.applicationsMade++,
        attributes: Object.freeze({ Enabled: 'true', ...given }),
      });
      return { PlatformApplicationArn: arn };
    },
  },
);

/** UNSURE: that the endpoints go with it. */
export const deletePlatformApplication = snsOperation<DeletePlatformApplicationInput>(
  DeletePlatformApplication$,
  {
    summary: 'Removes a mobile app and the endpoints of its devices.',
    members: { PlatformApplicationArn: APPLICATION_ARN },
    handle({ state }, { PlatformApplicationArn }) {
      const arn = PlatformApplicationArn!;
      refuseSlashes('PlatformApplicationArn', arn, 3);
      if (!state.applications.delete(arn)) return {};
      for (const [key, { applicationArn }] of state.endpoints) {
        if (applicationArn === arn) state.endpoints.delete(key);
      }
      return {};
    },
  },
);

export const getPlatformApplicationAttributes = snsOperation<GetPlatformApplicationAttributesInput>(
  GetPlatformApplicationAttributes$,
  {
    summary: 'Tells about a mobile app; never its credentials.',
    members: { PlatformApplicationArn: APPLICATION_ARN },
    handle: ({ state }, { PlatformApplicationArn }) => ({
      Attributes: shownAttributes(applicationAt(state, PlatformApplicationArn!)),
    }),
  },
);

export const setPlatformApplicationAttributes = snsOperation<SetPlatformApplicationAttributesInput>(
  SetPlatformApplicationAttributes$,
  {
    summary: 'Changes a mobile app: its credentials, its delivery log.',
    members: {
      PlatformApplicationArn: APPLICATION_ARN,
      Attributes: { purpose: 'names and new values' },
    },
    handle({ state }, { PlatformApplicationArn, Attributes }) {
      const application = applicationAt(state, PlatformApplicationArn!);
      const given = (Attributes ?? {}) as AttributeMap;
      checkApplicationAttributes(application.platform, { ...application.attributes, ...given });
      application.attributes = Object.freeze({ ...application.attributes, ...given });
      return {};
    },
  },
);

export const listPlatformApplications = snsOperation<ListPlatformApplicationsInput>(
  ListPlatformApplications$,
  {
    summary: 'Lists your mobile apps, a hundred in one answer.',
    members: { NextToken: NEXT_TOKEN },
    pagination: paged('PlatformApplications'),
    handle({ state, caller }, { NextToken }) {
      const own = [...state.applications.values()].filter(({ account }) => account === caller.account);
      const { items, next } = page(own, ({ arn }) => arn, NextToken);
      return {
        PlatformApplications: items.map((application) => ({
          PlatformApplicationArn: application.arn,
          Attributes: shownAttributes(application),
        })),
        ...(next !== undefined && { NextToken: next }),
      };
    },
  },
);
