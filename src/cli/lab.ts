/** `lab [ID]`: plays a failure case. */
import type { GlobalFlags } from '../flags.ts';
import { lessonOf } from '../lessons/load.ts';
import { LAB } from '../lessons/outline.ts';
import { courseFor } from './course.ts';
import { type Exit, Usage } from './exit.ts';
import { homeAt, lesson } from './play.ts';

/** With or without `lab/` before its name; without a name, home, with the track of the cases unfolded. */
export function lab(flags: GlobalFlags, id?: string): Promise<Exit> {
  if (id === undefined) return homeAt(flags, LAB);
  const wanted = id.startsWith(`${LAB}/`) ? id : `${LAB}/${id}`;
  const course = courseFor(flags);
  if (lessonOf(course, wanted) !== undefined) return lesson(flags, wanted);
  const cases = course.lessons.filter((each) => each.track === LAB).map((each) => each.id);
  throw new Usage(`there is no case ${wanted}; there are ${cases.join(', ')}`);
}
