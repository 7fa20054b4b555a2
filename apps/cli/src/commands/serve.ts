import { entryOf, isBuilt, serviceNamed, services, StackFault } from '@nself/dev-stack';
import { homeOf } from '../state/home';

/**
 * `nself serve <service>`: one service alone, in this process, configured by the environment and by nothing else, as its
 * container image would be.
 */
export async function serve(name: string): Promise<undefined> {
  const { root } = homeOf(process.env);
  const service = serviceNamed(name);
  if (!service || !isBuilt(root, service)) {
    const known = services.filter(one => isBuilt(root, one)).map(one => one.name);
    throw new StackFault(`There is no service "${name}".`, `There are: ${known.join(', ')}.`);
  }
  await import(entryOf(root, name));
  return undefined;
}
