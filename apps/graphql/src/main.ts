import 'reflect-metadata';
import { startService } from '@nself/kernel';
import { letHeapGrow } from './heap';
import { graphqlService } from './service';

letHeapGrow();
void startService(graphqlService);
