import { applyDecorators, Controller, UseFilters, type Type } from '@nestjs/common';
import { PATH_METADATA } from '@nestjs/common/constants';
import { NhostFilter } from './nhost.filter';

const contract: RegExp[] = [];

/** A controller whose routes belong to Nhost's contract: under `/v1`, with Nhost's errors. */
export const NhostFace = (path = ''): ClassDecorator =>
  applyDecorators(Controller(`v1/${path}`.replace(/\/$/, '')), UseFilters(NhostFilter), noteRoutes(path));

/** Does this path belong to Nhost's contract? Answers before a controller has taken the request, too. */
export const isOfContract = (path: string): boolean => contract.some(each => each.test(path));

const noteRoutes =
  (path: string): ClassDecorator =>
  target => {
    const { prototype } = target as unknown as Type<object>;
    for (const { value } of Object.values(Object.getOwnPropertyDescriptors(prototype))) {
      const route: unknown = typeof value === 'function' && Reflect.getMetadata(PATH_METADATA, value);
      if (typeof route === 'string') contract.push(patternOf(['v1', path, route]));
    }
  };

const patternOf = (parts: readonly string[]): RegExp => {
  const steps = parts.flatMap(part => part.split('/')).filter(Boolean);
  return new RegExp(`^/${steps.map(step => (step.startsWith(':') ? '[^/]+' : step)).join('/')}/?$`);
};
