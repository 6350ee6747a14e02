/** Tables of Redshift and indexes of OpenSearch, as far as delivery streams fill them: counts, no contents. */
import type { FirehoseState, Target } from '../model.ts';

export function targetOf(state: FirehoseState, kind: Target['kind'], name: string): Target {
  const key = `${kind}/${name}`;
  let target = state.targets.get(key);
  if (target === undefined) {
    target = { kind, name, order: state.targets.size + 1, records: 0, bytes: 0, loads: 0, failed: 0 };
    state.targets.set(key, target);
  }
  return target;
}
