"""The core of Knee Ease: reads pages, checks them, turns them into cards."""
