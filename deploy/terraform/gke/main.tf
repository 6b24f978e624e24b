# A cluster whose nodes Google runs, a managed PostgreSQL with a private address, a static address and its name.
# What runs in the cluster is deploy/kubernetes/overlays/production.
provider "google" {
  project = var.project
  region  = var.region
}

resource "google_project_service" "needed" {
  for_each = toset(["compute", "container", "dns", "servicenetworking", "sqladmin"])

  service            = "${each.key}.googleapis.com"
  disable_on_destroy = false
}

resource "google_compute_network" "demo" {
  name                    = "sprintcast"
  auto_create_subnetworks = false

  depends_on = [google_project_service.needed]
}

resource "google_compute_subnetwork" "demo" {
  name                     = "sprintcast"
  region                   = var.region
  network                  = google_compute_network.demo.id
  ip_cidr_range            = "10.10.0.0/20"
  private_ip_google_access = true

  secondary_ip_range {
    range_name    = "pods"
    ip_cidr_range = "10.20.0.0/16"
  }

  secondary_ip_range {
    range_name    = "services"
    ip_cidr_range = "10.30.0.0/20"
  }
}

resource "google_container_cluster" "demo" {
  name                = "sprintcast"
  location            = var.region
  network             = google_compute_network.demo.id
  subnetwork          = google_compute_subnetwork.demo.id
  enable_autopilot    = true
  deletion_protection = var.deletion_protection

  ip_allocation_policy {
    cluster_secondary_range_name  = "pods"
    services_secondary_range_name = "services"
  }

  gateway_api_config {
    channel = "CHANNEL_STANDARD"
  }

  release_channel {
    channel = "REGULAR"
  }
}

# By its name the Gateway of overlays/production takes it.
resource "google_compute_global_address" "gateway" {
  name = "sprintcast"

  depends_on = [google_project_service.needed]
}

data "google_dns_managed_zone" "demo" {
  name = var.dns_zone
}

resource "google_dns_record_set" "demo" {
  managed_zone = data.google_dns_managed_zone.demo.name
  name         = "${var.host}."
  type         = "A"
  ttl          = 300
  rrdatas      = [google_compute_global_address.gateway.address]
}

# Addresses for what Google runs for us, reached from our network alone.
resource "google_compute_global_address" "services" {
  name          = "sprintcast-services"
  purpose       = "VPC_PEERING"
  address_type  = "INTERNAL"
  prefix_length = 16
  network       = google_compute_network.demo.id
}

resource "google_service_networking_connection" "services" {
  network                 = google_compute_network.demo.id
  service                 = "servicenetworking.googleapis.com"
  reserved_peering_ranges = [google_compute_global_address.services.name]
}

resource "google_sql_database_instance" "demo" {
  name                = "sprintcast"
  region              = var.region
  database_version    = "POSTGRES_15"
  deletion_protection = var.deletion_protection

  settings {
    tier              = var.database_tier
    edition           = "ENTERPRISE"
    availability_type = "REGIONAL"
    disk_size         = var.database_disk_gb
    disk_autoresize   = true

    ip_configuration {
      ipv4_enabled    = false
      private_network = google_compute_network.demo.id
      ssl_mode        = "ENCRYPTED_ONLY"
    }

    backup_configuration {
      enabled                        = true
      point_in_time_recovery_enabled = true
      transaction_log_retention_days = 7

      backup_retention_settings {
        retained_backups = 14
      }
    }
  }

  depends_on = [google_service_networking_connection.services]
}

# Users are made by hand, so that no password stands in the state: gcloud sql users create sprintcast …
resource "google_sql_database" "demo" {
  name     = "sprintcast"
  instance = google_sql_database_instance.demo.name
}
