/** AWS STS: who calls. Wiring, and the one operation. */
import { GetCallerIdentity$, type GetCallerIdentityRequest } from '@aws-sdk/client-sts';
import { checkedOperation } from '../../contract/checkedOperation.ts';
import { ServiceError } from '../../contract/errors.ts';
import { isAdministrator, principalOf, uniqueId } from '../../contract/identity.ts';
import { defineService } from '../../contract/service.ts';
import { milliseconds } from '../../engine/units.ts';

const NOT_MODELLED =
  'AssumeRole AssumeRoleWithSAML AssumeRoleWithWebIdentity AssumeRoot DecodeAuthorizationMessage GetAccessKeyInfo GetDelegatedAccessToken GetFederationToken GetScopedCredentials GetSessionToken GetWebIdentityToken';

/** STS API Reference, GetCallerIdentity: no permissions are required. */
const getCallerIdentity = checkedOperation<object, GetCallerIdentityRequest>(
  GetCallerIdentity$,
  {
    summary: 'Tells who you are: account, user id and ARN.',
    members: {},
    handle({ caller }) {
      const { account, profile } = caller;
      return {
        UserId: isAdministrator(caller) ? account : uniqueId('AIDA', account, profile),
        Account: account,
        Arn: principalOf(caller).arn,
      };
    },
  },
  (member) => new ServiceError('ValidationError', `${member} is missing`),
);

export const sts = defineService<object>({
  name: 'sts',
  title: 'STS',
  kind: 'aws',
  summary: 'Who calls.',
  operations: [getCallerIdentity],
  notModelled: NOT_MODELLED.split(' '),
  instead: { AssumeRole: 'apps and people call as users here' },
  create: () => ({}),
  due() {
    // Nothing falls due.
  },
  latency: (random) => milliseconds(random.integer(5, 20)),
  view: () => [],
});
