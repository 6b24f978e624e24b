# One small machine: PostgreSQL, NATS, two eaters, two live views, nginx with a certificate of Let's Encrypt.
provider "google" {
  project = var.project
  zone    = var.zone
}

locals {
  folder = "${path.module}/../.."
  units  = fileset("${local.folder}/systemd", "sprintcast-*")
  # Google's tunnel for SSH, which asks who comes (https://cloud.google.com/iap/docs/using-tcp-forwarding).
  tunnel = "35.235.240.0/20"
}

resource "google_compute_address" "demo" {
  name   = "sprintcast-demo"
  region = regex("^(.*)-[a-z]$", var.zone)[0]
}

resource "google_compute_firewall" "web" {
  name          = "sprintcast-web"
  network       = "default"
  source_ranges = ["0.0.0.0/0"]
  target_tags   = ["sprintcast"]

  allow {
    protocol = "tcp"
    ports    = ["80", "443"]
  }
}

resource "google_compute_firewall" "ssh" {
  name          = "sprintcast-ssh"
  network       = "default"
  source_ranges = concat([local.tunnel], var.admin_ranges)
  target_tags   = ["sprintcast"]

  allow {
    protocol = "tcp"
    ports    = ["22"]
  }
}

# The machine may do nothing in the project but write its logs.
resource "google_service_account" "demo" {
  account_id   = "sprintcast-demo"
  display_name = "Sprintcast's demo"
}

resource "google_compute_instance" "demo" {
  name                      = "sprintcast-demo"
  machine_type              = var.machine_type
  tags                      = ["sprintcast"]
  allow_stopping_for_update = true

  boot_disk {
    initialize_params {
      image = "debian-cloud/debian-12"
      size  = var.disk_gb
      type  = "pd-balanced"
    }
  }

  network_interface {
    network = "default"

    access_config {
      nat_ip = google_compute_address.demo.address
    }
  }

  shielded_instance_config {
    enable_secure_boot = true
  }

  service_account {
    email  = google_service_account.demo.email
    scopes = ["logging-write", "monitoring-write"]
  }

  metadata = {
    enable-oslogin         = "TRUE"
    block-project-ssh-keys = "TRUE"
    user-data = templatefile("${path.module}/cloud-init.yaml.tftpl", {
      host       = var.host
      email      = var.email
      repository = var.repository
      revision   = var.revision
      units      = { for name in local.units : name => file("${local.folder}/systemd/${name}") }
      command    = file("${local.folder}/systemd/command.sh")
      sysusers   = file("${local.folder}/systemd/sysusers.conf")
      tmpfiles   = file("${local.folder}/systemd/tmpfiles.conf")
      demo_env   = file("${local.folder}/systemd/demo.env")
      store_env  = file("${local.folder}/systemd/store.env")
      nginx      = file("${local.folder}/nginx/sprintcast.conf.template")
    })
  }

  lifecycle {
    # The database is on its disk: a newer image of the system is no reason to begin with an empty one.
    ignore_changes = [boot_disk[0].initialize_params[0].image]
  }
}

resource "google_compute_resource_policy" "snapshots" {
  name   = "sprintcast-daily"
  region = google_compute_address.demo.region

  snapshot_schedule_policy {
    schedule {
      daily_schedule {
        days_in_cycle = 1
        start_time    = "04:00"
      }
    }

    retention_policy {
      max_retention_days = 14
    }
  }
}

resource "google_compute_disk_resource_policy_attachment" "snapshots" {
  name = google_compute_resource_policy.snapshots.name
  disk = google_compute_instance.demo.name
  zone = var.zone
}
