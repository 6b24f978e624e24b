output "address" {
  description = "Where the demo is reached."
  value       = google_compute_global_address.gateway.address
}

output "credentials" {
  description = "Lets kubectl in."
  value       = "gcloud container clusters get-credentials ${google_container_cluster.demo.name} --region ${var.region} --project ${var.project}"
}

output "store" {
  description = "What goes into the secret sprintcast-store as url, once a user sprintcast is made and its password put in."
  value       = "postgres://sprintcast:PASSWORD@${google_sql_database_instance.demo.private_ip_address}:5432/${google_sql_database.demo.name}?sslmode=require"
}
