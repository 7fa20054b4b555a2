import 'reflect-metadata';
import { RequestMethod } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA, ROUTE_ARGS_METADATA } from '@nestjs/common/constants';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum';
import { ModulesContainer } from '@nestjs/core';
import { createService, type PreparedService, type ServiceDefinition } from '@nself/kernel';
import { getMetadataStorage } from 'class-validator';
import { apiService } from '../../../apps/api/src/service';
import { authService } from '../../../apps/auth/src/auth.service';
import { schedulerService } from '../../../apps/scheduler/src/service';
import { gatewayService } from '../../../apps/stream-gateway/src/service';
import type { TestStack } from '../../support';

const definitions: Readonly<Record<string, ServiceDefinition>> = {
  auth: authService,
  api: apiService,
  'stream-gateway': gatewayService,
  scheduler: schedulerService,
};

export const SERVICES = Object.keys(definitions);

/** A route as the running service knows it, with the fields that its DTOs declare. */
export interface Route {
  readonly service: string;
  readonly method: string;
  /** As the router spells it: `/v1/families/:id`. */
  readonly path: string;
  readonly query: readonly string[];
  readonly body: readonly string[];
}

type Declared = Pick<Route, 'query' | 'body'>;
type App = PreparedService['app'];
type Handler = (...args: unknown[]) => unknown;
type Shape = new () => object;

/** `POST auth /v1/families`: how a route is named in lists. */
export const nameOf = ({ service, method, path }: Route): string => `${method} ${service} ${path}`;

/** Whether a field of this name says who or what is meant. */
export const isIdName = (name: string): boolean => /^id$|Id$|_id$|[eE]mail$/.test(name);

/** The parameters of a route's path, in order. */
export const parametersOf = ({ path }: Route): string[] =>
  path.match(/:\w+/g)?.map(each => each.slice(1)) ?? [];

/** Every route that the services really serve: what the router holds, described by what the controllers declare. */
export async function routesOf(stack: TestStack): Promise<Route[]> {
  const found = [];
  for (const service of SERVICES) found.push(...(await routesOfService(service, stack.environment(service))));
  return found;
}

async function routesOfService(service: string, environment: Record<string, string>): Promise<Route[]> {
  const definition = definitions[service];
  if (!definition) throw new Error(`there is no service ${service}`);
  const { app } = await createService(definition, environment);
  await app.init();
  try {
    const declared = declarationsOf(app);
    return served(app).map(({ method, path }) => ({
      service,
      method,
      path,
      ...(declared.get(`${method} ${path}`) ?? { query: [], body: [] }),
    }));
  } finally {
    await app.close();
  }
}

interface Layer {
  readonly route?: { readonly path: string; readonly methods: Readonly<Record<string, boolean>> };
}

function served(app: App): { method: string; path: string }[] {
  const express = app.getHttpAdapter().getInstance() as { router: { stack: Layer[] } };
  return express.router.stack.flatMap(({ route }) =>
    Object.keys(route?.methods ?? {}).map(method => ({
      method: method.toUpperCase(),
      path: String(route?.path),
    })),
  );
}

function declarationsOf(app: App): Map<string, Declared> {
  const controllers = [...app.get(ModulesContainer).values()].flatMap(module => [
    ...module.controllers.values(),
  ]);
  return new Map(controllers.flatMap(({ metatype }) => (metatype ? declaredBy(metatype as Shape) : [])));
}

function declaredBy(controller: Shape): [string, Declared][] {
  const prototype = controller.prototype as Record<string, Handler>;
  const prefixes = [Reflect.getMetadata(PATH_METADATA, controller) as string | string[]].flat();
  return Object.getOwnPropertyNames(prototype)
    .filter(name => name !== 'constructor')
    .flatMap(name => {
      const handler = prototype[name];
      const path = handler && (Reflect.getMetadata(PATH_METADATA, handler) as string | undefined);
      if (path === undefined || !handler) return [];
      const method = RequestMethod[Reflect.getMetadata(METHOD_METADATA, handler) as number];
      const fields = { query: fieldsOf(controller, name, 'QUERY'), body: fieldsOf(controller, name, 'BODY') };
      return prefixes.map((prefix): [string, Declared] => [`${method} ${joined(prefix, path)}`, fields]);
    });
}

const joined = (...parts: string[]): string =>
  `/${parts
    .flatMap(part => part.split('/'))
    .filter(Boolean)
    .join('/')}`;

/** The fields of the DTOs that a handler takes from the query or the body, as their validation knows them. */
function fieldsOf(controller: Shape, handler: string, from: 'QUERY' | 'BODY'): string[] {
  const types = (Reflect.getMetadata('design:paramtypes', controller.prototype, handler) ?? []) as Shape[];
  const taken = (Reflect.getMetadata(ROUTE_ARGS_METADATA, controller, handler) ?? {}) as Record<
    string,
    { index: number }
  >;
  return Object.entries(taken)
    .filter(([key]) => key.startsWith(`${RouteParamtypes[from]}:`))
    .flatMap(([, { index }]) => propertiesOf(types[index]));
}

function propertiesOf(shape: Shape | undefined): string[] {
  if (!shape) return [];
  const rules = getMetadataStorage().getTargetValidationMetadatas(shape, '', false, false);
  return [...new Set(rules.map(({ propertyName }) => propertyName))];
}
