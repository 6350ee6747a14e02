/** AWS IAM: users and what they may do, as far as the other services need it. Wiring only. */
import { defineService } from '../../contract/service.ts';
import { milliseconds } from '../../engine/units.ts';
import { access, keyOwner, policiesOf } from './access.ts';
import { createState } from './model.ts';
import { INSTEAD, NOT_MODELLED } from './notModelled.ts';
import * as accessKeys from './operations/accessKeys.ts';
import * as attachments from './operations/attachments.ts';
import * as inlinePolicies from './operations/inlinePolicies.ts';
import * as managedPolicies from './operations/managedPolicies.ts';
import * as rolePolicies from './operations/rolePolicies.ts';
import * as roles from './operations/roles.ts';
import * as users from './operations/users.ts';
import { view } from './view.ts';
import { why } from './why.ts';

export const iam = defineService({
  name: 'iam',
  title: 'IAM',
  kind: 'aws',
  summary: 'Users and policies: who may do what.',
  operations: [users, inlinePolicies, managedPolicies, attachments, roles, rolePolicies, accessKeys].flatMap(
    (group) => Object.values(group),
  ),
  notModelled: NOT_MODELLED,
  instead: INSTEAD,
  create: createState,
  due() {
    // Nothing falls due.
  },
  latency: (random) => milliseconds(random.integer(20, 60)),
  access,
  policiesOf,
  keyOwner,
  view,
  why,
});
