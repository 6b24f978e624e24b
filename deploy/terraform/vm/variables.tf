variable "project" {
  description = "Google Cloud project that pays."
  type        = string
}

variable "zone" {
  description = "Where the machine stands."
  type        = string
  default     = "europe-west3-a"
}

variable "machine_type" {
  description = "Size of the machine. Two processors carry 2,000 readings a second with 500 viewers; the cost verb says more. It builds the site, too, which takes 0.7 GB beside what runs."
  type        = string
  default     = "e2-medium"
}

variable "disk_gb" {
  description = "Size of the disk, in GB, for system, database and fourteen copies of it."
  type        = number
  default     = 30

  validation {
    condition     = var.disk_gb >= 20
    error_message = "The system alone needs 10 GB, and the database should have as much."
  }
}

variable "host" {
  description = "Name under which the demo is reached. Its A record must lead to the address in the output."
  type        = string

  validation {
    condition     = can(regex("^[a-z0-9-]+(\\.[a-z0-9-]+)+$", var.host))
    error_message = "A host name such as demo.team.example."
  }
}

variable "email" {
  description = "Where Let's Encrypt writes when a certificate is about to end."
  type        = string
}

variable "repository" {
  description = "Checkout that is installed."
  type        = string
  default     = "https://github.com/sprintcast/sprintcast.git"
}

variable "revision" {
  description = "Tag or commit of it."
  type        = string
  default     = "v0.1.0"
}

variable "admin_ranges" {
  description = "Networks from which SSH is let in; none by default, and then by Google's own tunnel alone."
  type        = list(string)
  default     = []
}
