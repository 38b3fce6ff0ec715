"""Tests of JobFair."""
