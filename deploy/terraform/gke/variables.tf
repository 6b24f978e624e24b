variable "project" {
  description = "Google Cloud project that pays."
  type        = string
}

variable "region" {
  description = "Where cluster and database stand."
  type        = string
  default     = "europe-west3"
}

variable "dns_zone" {
  description = "Name of a managed zone of Cloud DNS in the project."
  type        = string
}

variable "host" {
  description = "Name under which the demo is reached, within that zone."
  type        = string
}

variable "database_tier" {
  description = "Size of the database."
  type        = string
  default     = "db-custom-1-3840"
}

variable "database_disk_gb" {
  description = "Size of its disk to begin with, in GB; it grows by itself."
  type        = number
  default     = 20
}

variable "deletion_protection" {
  description = "Refuse to destroy cluster and database."
  type        = bool
  default     = true
}
