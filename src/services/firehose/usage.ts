/**
 * What AWS bills: data taken in, each record in steps of 5 KB; conversion, partitions and their objects, and
 * decompression on top. Amazon Data Firehose pricing. SIMPLER THAN AWS: hours of JQ processing are not counted.
 */
import type { Usage } from '../../contract/usage.ts';
import type { FirehoseState } from './model.ts';

export const usage = ({ used }: FirehoseState): readonly Usage[] =>
  [...used].map(([item, quantity]) => ({ item, quantity }));
