/** Forms of the apps around a stream. */
import { flags, isCount, isName, isSpan } from './checks.ts';
import { type Form, quoted } from './forms.ts';

export const KCL_FORM: Form = {
  id: 'kcl-workers',
  title: 'KCL workers',
  about: 'share the shards of a stream by leases',
  fields: [
    {
      id: 'name',
      label: 'Name',
      kind: 'text',
      start: 'counters',
      about: 'workers are NAME-1 …',
      check: isName,
    },
    { id: 'stream', label: 'Reads', kind: 'text', start: 'clicks', about: 'a stream', check: isName },
    {
      id: 'workers',
      label: 'Workers',
      kind: 'text',
      start: '2',
      about: 'a shard has one reader',
      check: isCount(100),
    },
    { id: 'time', label: 'Work', kind: 'text', start: '10ms', about: 'on one record', check: isSpan },
    {
      id: 'checkpoint',
      label: 'Checkpoint',
      kind: 'choice',
      choices: ['batch', 'record', '60s'],
      start: 'batch',
      about: 'what came after it is repeated',
    },
  ],
  command: ({ name = '', stream = '', workers = '', time, checkpoint }) =>
    `app create-kcl-workers --name ${quoted(name)} --from stream/${stream} --workers ${quoted(workers)}${flags(
      [
        ['time', time, '10ms'],
        ['checkpoint-every', checkpoint, 'batch'],
      ],
    )}`,
  cost: 'Polling costs nothing; the shards do, by the hour.',
};
