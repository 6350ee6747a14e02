/** Filters of topics: `+` is one level, `#` all that follow. AWS IoT Core Developer Guide, MQTT topics. */

export function fitsTopic(filter: string, topic: string): boolean {
  const wanted = filter.split('/');
  const levels = topic.split('/');
  for (const [index, level] of wanted.entries()) {
    if (level === '#') return true;
    if (index >= levels.length || (level !== '+' && level !== levels[index])) return false;
  }
  return wanted.length === levels.length;
}

/** What is wrong with a filter; undefined: nothing. */
export function filterFault(filter: string): string | undefined {
  const levels = filter.split('/');
  if (filter === '') return 'the topic filter is empty';
  const at = levels.findIndex((level) => level.includes('#'));
  if (at >= 0 && (levels[at] !== '#' || at !== levels.length - 1)) return '# stands alone, at the end';
  if (levels.some((level) => level.includes('+') && level !== '+')) return '+ stands alone between slashes';
  return undefined;
}
