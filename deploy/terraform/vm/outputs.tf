output "address" {
  description = "Where the A record of the host must lead."
  value       = google_compute_address.demo.address
}

output "ssh" {
  description = "How to get in."
  value       = "gcloud compute ssh ${google_compute_instance.demo.name} --zone ${var.zone} --tunnel-through-iap"
}
