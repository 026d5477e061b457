// The models that serve, with a rollback, and the trainings with what the gate decided.

import { change } from './controls.js';
import { element, keep, replace, row, table } from './elements.js';
import * as source from './source.js';
import { verdict } from './story.js';
import { ago, day, modelName, moment, readable, trainedAt } from './words.js';

const at = id => document.getElementById(id);

export function showModels(place, status, trainings, now) {
  keep(place, status.pipelines, p => p.pipeline, pipeline => element('div', { class: 'models' }))
    .forEach((part, i) => showPipeline(part, status.pipelines[i], status.trainer, now));
}

function showPipeline(part, pipeline, trainer, now) {
  replace(part, [table(`Models that serve ${pipeline.pipeline}`,
    ['Target', 'Model', 'Version', 'From', 'On data', 'Serves since', 'Before it', 'Change'],
    pipeline.models.map(model => row(model.feature, modelName(model, now), version(model.version),
      origin(model, pipeline, trainer), `${moment(model.trainedFrom)} to ${moment(model.trainedTo)}`,
      `${day(model.since, now)} (${ago(model.since, now)})`, before(model, now), rollback(model, pipeline))))]);
}

/** A version is for machines: people see it on demand. */
const version = name => element('details', { class: 'version' }, element('summary', {}, 'show'), element('code', {}, name));

const before = (model, now) => model.replaced === undefined ? '–'
  : trainedAt(model.replaced) ? `trained ${day(trainedAt(model.replaced), now)}` : model.replaced;

function rollback(model, pipeline) {
  if (model.shipped) return '–';
  return element('button', { type: 'button', 'data-rollback': JSON.stringify(
    { pipeline: pipeline.pipeline, feature: model.feature, model: model.model }),
  'aria-label': `Roll back the ${model.model} of ${pipeline.pipeline} ${model.feature}` }, 'Roll back');
}

/** Where a model comes from, and whether it is still compared with the one before. */
function origin(model, pipeline, trainer) {
  if (model.shipped) return 'shipped with AeroCast';
  if (model.restored) return 'trained here, restored by a rollback';
  const probation = trainer?.probation?.find(p => p.pipeline === pipeline.pipeline && p.version === model.version
    && p.feature === model.feature && p.model === model.model);
  return probation ? `trained here, on probation: ${probation.gridTimes} of ${probation.of} grid times` : 'trained here';
}

at('models').addEventListener('click', event => {
  const asked = event.target.dataset.rollback;
  if (asked === undefined) return;
  const model = JSON.parse(asked);
  if (!confirm(`Put the ${model.model} of ${model.pipeline} ${model.feature} that served before into service again?`)) return;
  change(at('rollback-reply'), () => source.rollback(model), reply => `The ${model.model} of ${model.pipeline} ${model.feature}`
    + `${trainedAt(reply.version) ? ` that was trained ${moment(trainedAt(reply.version))}` : ''} serves again.`);
});

/** @param trainings of the api, or null; @param trainer what the status has of the trainer instead */
export function showTrainings(place, trainings, trainer, now) {
  if (!trainings) {
    replace(place, [element('p', { class: 'note' }, trainer
      ? 'The trainer does not answer.' : 'The trainer is not known to this api (aerocast.api.trainer.url).')]);
    return;
  }
  if (trainings.ended.length === 0) {
    replace(place, [element('p', { class: 'note' }, 'No training has ended yet.')]);
    return;
  }
  replace(place, [table('The newest trainings, with the verdict on each model', ['Ended', 'Pipeline', 'Why', 'Model', 'Verdict'],
    trainings.ended.flatMap(run => rows(run, now)))]);
}

function rows(run, now) {
  const ended = run.finishedAt ?? run.startedAt;
  const common = [run.pipeline, `${run.reason}: ${readable(run.note, now)}`];
  if (run.outcomes.length === 0) return [row(day(ended, now), ...common, '–', run.failure ?? run.state)];
  return run.outcomes.map(outcome => row(day(outcome.at ?? ended, now), ...common, `${outcome.model} of ${outcome.feature}`,
    element('span', { class: outcome.verdict === 'promoted' ? 'good' : '' }, readable(verdict(outcome), now))));
}
