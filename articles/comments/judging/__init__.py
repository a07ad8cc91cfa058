"""Which state a comment starts in: ``judgement`` gathers what is known, ``ladder`` decides."""
