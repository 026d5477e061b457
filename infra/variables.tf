variable "kubeconfig" {
  description = "Kubeconfig file with the address of the cluster and the credentials."
  type        = string
  default     = "~/.kube/config"
}

variable "kube_context" {
  description = "Context of that file; default is the current one."
  type        = string
  default     = null
}

variable "namespace" {
  description = "Namespace of AeroCast; created if missing."
  type        = string
  default     = "aerocast"

  validation {
    condition     = can(regex("^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$", var.namespace))
    error_message = "A namespace is at most 63 lower-case letters, digits and dashes, for example \"aerocast\"."
  }
}

variable "release" {
  description = "Name of the Helm release."
  type        = string
  default     = "aerocast"

  validation {
    condition     = can(regex("^[a-z0-9]([a-z0-9-]{0,29}[a-z0-9])?$", var.release))
    error_message = "A release's name is at most 31 lower-case letters, digits and dashes, for example \"aerocast\"."
  }
}

variable "values_files" {
  description = "Values files for the chart, in increasing precedence."
  type        = list(string)
  default     = []
}

variable "kafka_brokers" {
  description = "Bootstrap servers of an existing Kafka; if empty, a single broker for trials runs in the namespace."
  type        = string
  default     = ""
}

variable "image_tag" {
  description = "Tag of AeroCast's images; default is the chart's appVersion."
  type        = string
  default     = ""
}

variable "mlflow_tracking_uri" {
  description = "MLflow tracking server; default is none."
  type        = string
  default     = ""
}

variable "grafana_existing_secret" {
  description = "Secret with admin-user and admin-password for Grafana; by default the chart creates one with a random password."
  type        = string
  default     = ""
}

variable "access_existing_secret" {
  description = "Secret with the access token in the key token; by default the chart creates one with a random token."
  type        = string
  default     = ""
}

variable "pod_security" {
  description = "Pod Security Standard that the namespace enforces."
  type        = string
  default     = "restricted"

  validation {
    condition     = contains(["privileged", "baseline", "restricted"], var.pod_security)
    error_message = "The Pod Security Standards are privileged, baseline and restricted."
  }
}

variable "wait" {
  description = "Whether to wait until every pod is ready."
  type        = bool
  default     = false
}

variable "timeout_seconds" {
  description = "Timeout of Helm for each Kubernetes operation, and for the wait."
  type        = number
  default     = 900

  validation {
    condition     = var.timeout_seconds >= 60
    error_message = "Pulling images takes a while: give at least 60 seconds."
  }
}
