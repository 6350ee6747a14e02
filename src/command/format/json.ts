/** `--output json`: Python's `json.dumps(value, indent=4, ensure_ascii=False)`. */
import type { Plain } from '../python/values.ts';

/** Without the last newline. */
export const formatJson = (value: Plain): string => JSON.stringify(value, null, 4);
