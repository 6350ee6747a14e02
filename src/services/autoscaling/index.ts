/** Amazon EC2 Auto Scaling: groups of instances that grow and shrink with a queue. Wiring only. */
import { defineService } from '../../contract/service.ts';
import { milliseconds } from '../../engine/units.ts';
import { access } from './access.ts';
import { answered, delivered } from './delivered.ts';
import { metrics } from './metrics.ts';
import { createState } from './model.ts';
import * as capacity from './operations/capacity.ts';
import * as describing from './operations/describing.ts';
import * as groups from './operations/groups.ts';
import * as launchConfigurations from './operations/launchConfigurations.ts';
import * as notifications from './operations/notifications.ts';
import * as policies from './operations/policies.ts';
import { due } from './timers.ts';
import { view } from './view.ts';
import { why } from './why.ts';

const NOT_MODELLED = `
AttachInstances AttachLoadBalancerTargetGroups AttachLoadBalancers AttachTrafficSources BatchDeleteScheduledAction
BatchPutScheduledUpdateGroupAction CancelInstanceRefresh CompleteLifecycleAction CreateOrUpdateTags DeleteLifecycleHook
DeleteScheduledAction DeleteTags DeleteWarmPool DescribeAccountLimits
DescribeAccountSettings DescribeAdjustmentTypes DescribeInstanceRefreshes
DescribeLifecycleHookTypes DescribeLifecycleHooks DescribeLoadBalancerTargetGroups DescribeLoadBalancers
DescribeMetricCollectionTypes DescribeScalingProcessTypes DescribeScheduledActions
DescribeTags DescribeTerminationPolicyTypes DescribeTrafficSources DescribeWarmPool DetachInstances
DetachLoadBalancerTargetGroups DetachLoadBalancers DetachTrafficSources EnterStandby ExitStandby
GetPredictiveScalingForecast LaunchInstances PutAccountSetting PutLifecycleHook
PutScheduledUpdateGroupAction PutWarmPool RecordLifecycleActionHeartbeat ResumeProcesses RollbackInstanceRefresh
SetInstanceHealth StartInstanceRefresh SuspendProcesses`
  .trim()
  .split(/\s+/u);

export const autoscaling = defineService({
  name: 'autoscaling',
  title: 'Auto Scaling',
  kind: 'aws',
  summary: 'Groups of instances that grow and shrink, by hand or by an alarm.',
  operations: [launchConfigurations, groups, describing, capacity, policies, notifications].flatMap((group) =>
    Object.values(group).filter((one) => typeof one === 'object' && 'handle' in one),
  ),
  notModelled: NOT_MODELLED,
  instead: {
    PutLifecycleHook: 'a fleet drains by itself: app create-fleet --on-termination drain',
    PutScheduledUpdateGroupAction: 'sleep, then set-desired-capacity',
  },
  create: createState,
  due,
  delivered,
  answered,
  latency: (random) => milliseconds(random.integer(20, 60)),
  ledger: { of: ({ ledger }) => ledger },
  metrics,
  access,
  view,
  why,
});
