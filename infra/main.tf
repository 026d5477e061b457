# AeroCast on a Kubernetes cluster, from the chart beside this directory. docs/kubernetes.md tells the rest.

terraform {
  required_version = ">= 1.7"

  required_providers {
    helm = {
      source  = "hashicorp/helm"
      version = "~> 3.1"
    }
    kubernetes = {
      source  = "hashicorp/kubernetes"
      version = "~> 3.0"
    }
  }
}

provider "kubernetes" {
  config_path    = pathexpand(var.kubeconfig)
  config_context = var.kube_context
}

provider "helm" {
  kubernetes = {
    config_path    = pathexpand(var.kubeconfig)
    config_context = var.kube_context
  }
}

locals {
  root = "${path.module}/.."

  # The names that the chart gives its objects begin with this (aerocast.name in helm/aerocast/templates/_helpers.tpl).
  name = strcontains(var.release, "aerocast") ? var.release : "${var.release}-aerocast"

  # What the chart is made of, with the rules and dashboards that it links to.
  sources = sort(setunion(
    fileset(local.root, "helm/aerocast/{Chart.yaml,values.yaml,values.schema.json}"),
    fileset(local.root, "helm/aerocast/templates/**"),
    fileset(local.root, "prometheus/rules/*.yml"),
    fileset(local.root, "grafana/dashboards/**"),
    fileset(local.root, "grafana/provisioning/**"),
  ))

  values = {
    kafka   = { brokers = var.kafka_brokers }
    image   = { tag = var.image_tag }
    mlflow  = { trackingUri = var.mlflow_tracking_uri }
    grafana = { existingSecret = var.grafana_existing_secret }

    # A local chart that changes keeps its version: this makes the change one of the values, which Terraform sees.
    global = { chart = sha256(join("", [for file in local.sources : filesha256("${local.root}/${file}")])) }
  }
}

resource "helm_release" "aerocast" {
  name      = var.release
  namespace = var.namespace
  chart     = "${local.root}/helm/aerocast"

  # A namespace or a release that is there already, made by hand, is taken over.
  create_namespace = true
  upgrade_install  = true

  # The services find each other by themselves: whoever comes first waits for Kafka. So nobody needs to wait for them.
  wait            = var.wait
  timeout         = var.timeout_seconds
  atomic          = false
  cleanup_on_fail = false
  max_history     = 10

  values = concat([yamlencode(local.values)], [for file in var.values_files : file(file)])
}

# No pod of the namespace may do more than the chart's pods need.
resource "kubernetes_labels" "pod_security" {
  api_version = "v1"
  kind        = "Namespace"
  force       = true

  metadata {
    name = helm_release.aerocast.namespace
  }

  labels = {
    "pod-security.kubernetes.io/enforce" = var.pod_security
    "pod-security.kubernetes.io/warn"    = var.pod_security
  }
}
