"""The command `run`: projects one scenario, or makes a result again."""
