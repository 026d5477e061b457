"""Tells as JSON, by MLflow's own client, everything that a tracking server knows of a pipeline."""

import json
import sys

import mlflow

uri, pipeline, prefix = sys.argv[1:4]
mlflow.set_tracking_uri(uri)
client = mlflow.MlflowClient()
experiment = client.get_experiment_by_name(f"{prefix}/{pipeline}")


def files(run_id, path=None):
    for entry in client.list_artifacts(run_id, path):
        if entry.is_dir:
            yield from files(run_id, entry.path)
        else:
            yield entry.path


def told(run):
    return {
        "id": run.info.run_id,
        "name": run.info.run_name,
        "status": run.info.status,
        "start": run.info.start_time,
        "end": run.info.end_time,
        "tags": run.data.tags,
        "params": run.data.params,
        "metrics": {
            name: [[metric.step, metric.value, metric.timestamp] for metric in client.get_metric_history(run.info.run_id, name)]
            for name in run.data.metrics
        },
        "datasets": [
            {
                "context": {tag.key: tag.value for tag in given.tags}["mlflow.data.context"],
                "name": given.dataset.name,
                "digest": given.dataset.digest,
                "source": json.loads(given.dataset.source),
                "schema": json.loads(given.dataset.schema),
                "profile": json.loads(given.dataset.profile),
            }
            for given in run.inputs.dataset_inputs
        ],
        "artifacts": sorted(files(run.info.run_id)),
        "models": [output.model_id for output in run.outputs.model_outputs] if run.outputs else [],
    }


name = f"{prefix}-{pipeline}"
versions = client.search_model_versions(f"name='{name}'")
aliases = client.get_registered_model(name).aliases if versions else {}
json.dump(
    {
        "runs": [
            told(run)
            for run in client.search_runs([experiment.experiment_id], order_by=["attributes.start_time ASC"])
        ],
        "versions": [
            {
                "number": str(version.version),
                "run": version.run_id,
                "status": version.status,
                "tags": version.tags,
                "aliases": sorted(alias for alias, number in aliases.items() if str(number) == str(version.version)),
            }
            for version in sorted(versions, key=lambda version: int(version.version))
        ],
    },
    sys.stdout,
)
