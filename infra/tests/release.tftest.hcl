# `terraform test`, without a cluster: the providers are played, the plan is real.

mock_provider "helm" {}
mock_provider "kubernetes" {}

run "installs_the_local_chart_without_waiting" {
  command = plan

  assert {
    condition     = helm_release.aerocast.namespace == "aerocast" && helm_release.aerocast.name == "aerocast"
    error_message = "Expected the release aerocast in the namespace aerocast."
  }

  assert {
    condition     = fileexists("${helm_release.aerocast.chart}/Chart.yaml")
    error_message = "Expected the chart of this repository, found ${helm_release.aerocast.chart}."
  }

  assert {
    condition     = helm_release.aerocast.wait == false && helm_release.aerocast.timeout >= 600
    error_message = "Expected no wait, and a time-out that image pulls fit into."
  }

  assert {
    condition     = helm_release.aerocast.upgrade_install && helm_release.aerocast.create_namespace
    error_message = "Expected that a release and a namespace that are there already are taken over."
  }

  assert {
    condition     = output.services.api == "aerocast-api.aerocast:8000" && output.services.grafana == "aerocast-grafana.aerocast:3000" && output.services.prometheus == "aerocast-prometheus.aerocast:9090"
    error_message = "Expected the services' names and ports, found ${jsonencode(output.services)}."
  }
}

run "notices_a_changed_chart" {
  command = plan

  assert {
    condition     = length(yamldecode(helm_release.aerocast.values[0]).global.chart) == 64
    error_message = "Expected a checksum of the chart among the values."
  }

  assert {
    condition = alltrue([for file in ["helm/aerocast/templates/api.yaml", "prometheus/rules/alerts.yml", "grafana/dashboards/loop.json"] :
    contains(local.sources, file)])
    error_message = "Expected templates, rules and dashboards among the sources of the checksum."
  }
}

run "leads_to_an_existing_kafka" {
  command = plan

  variables {
    kafka_brokers = "kafka:9092"
    release       = "west"
  }

  assert {
    condition     = yamldecode(helm_release.aerocast.values[0]).kafka.brokers == "kafka:9092"
    error_message = "Expected the brokers among the values."
  }

  assert {
    condition     = output.services.api == "west-aerocast-api.aerocast:8000"
    error_message = "Expected the chart's name for another release, found ${output.services.api}."
  }
}

run "makes_the_token_known" {
  command = plan

  assert {
    condition     = yamldecode(helm_release.aerocast.values[0]).access.existingSecret == "" && strcontains(output.access_token, "get secret aerocast-access ")
    error_message = "Expected the chart's own Secret, found ${output.access_token}."
  }
}

run "takes_an_existing_token" {
  command = plan

  variables {
    access_existing_secret = "mine"
  }

  assert {
    condition     = yamldecode(helm_release.aerocast.values[0]).access.existingSecret == "mine" && strcontains(output.access_token, "get secret mine ")
    error_message = "Expected the Secret that is given, found ${output.access_token}."
  }
}

run "lets_values_files_go_before_variables" {
  command = plan

  variables {
    values_files = ["../helm/aerocast/ci/trial-values.yaml"]
  }

  assert {
    condition     = length(helm_release.aerocast.values) == 2 && yamldecode(helm_release.aerocast.values[1]).mlflow.server.enabled
    error_message = "Expected the file's values after the variables'."
  }
}

run "refuses_an_impossible_namespace" {
  command = plan

  variables {
    namespace = "Aero_Cast"
  }

  expect_failures = [var.namespace]
}

run "refuses_an_unknown_pod_security_standard" {
  command = plan

  variables {
    pod_security = "relaxed"
  }

  expect_failures = [var.pod_security]
}
