/** Why Kinesis refused, or gave nothing. */
import type { Why, WhyGround, WhyQuestion } from '../../contract/why.ts';
import type { KinesisState } from './model.ts';

export function why(_ground: WhyGround<KinesisState>, _question: WhyQuestion): Why | undefined {
  return undefined;
}
