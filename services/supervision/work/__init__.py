"""What waits for whom at the city, and handing over what somebody has to do."""
