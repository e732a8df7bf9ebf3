"""Questions with known answers to figures: how well does the assistant answer?"""
