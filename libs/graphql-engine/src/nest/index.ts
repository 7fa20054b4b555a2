export { EngineModule } from './engine.module';
