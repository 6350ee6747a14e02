/** All services of a world, in the order in which their resources are listed. */
import type { CatalogEntry } from './contract/service.ts';
import { apps } from './services/apps/index.ts';
import { autoscaling } from './services/autoscaling/index.ts';
import { iam } from './services/iam/index.ts';
import { kms } from './services/kms/index.ts';
import { sqs } from './services/sqs/index.ts';
import { sts } from './services/sts/index.ts';

export const CATALOG: readonly CatalogEntry[] = [sqs, apps, autoscaling, iam, sts, kms];
