import { Global, Module, type DynamicModule } from '@nestjs/common';
import { loadSettings, type LoadedSettings, type Settings } from './settings';

/** Offers the values of declarations for injection under their tokens, in the whole application. */
@Global()
@Module({})
export class SettingsModule {
  /** Reads the environment now, unless values that were loaded before are given. */
  static forRoot(declarations: readonly Settings[], loaded?: LoadedSettings): DynamicModule {
    const values = loaded ?? loadSettings(declarations);
    const providers = [...new Set(declarations)].map(each => ({
      provide: each.token,
      useValue: values.get(each),
    }));
    return { module: SettingsModule, providers, exports: providers.map(each => each.provide) };
  }
}
