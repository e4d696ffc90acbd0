"""What waits for whom, and handing over what somebody has to do."""
