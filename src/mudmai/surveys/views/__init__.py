"""What surveys show: pages of the back office, the phone app and its questions, OpenRosa."""
