"""What the player tells: if these fail, the window shows another step than the one that is played."""

from explorer.model.playhead import SPEEDS
from explorer.player import Player


def test_the_player_says_what_changed(qtbot):
    player = Player()
    player.set_length(4)
    with qtbot.waitSignals([player.moved, player.playing_changed]):
        player.toggle()
    with qtbot.waitSignal(player.moved):
        player.tick(0.1)
    with qtbot.waitSignal(player.playing_changed):
        player.seek(2)
    assert (player.step, player.playing) == (2, False)


def test_scrubbing_and_stepping_go_where_they_say():
    player = Player()
    player.set_length(4)
    for move, step in (
        (player.step_forward, 1), (player.to_end, 4), (player.step_forward, 4), (player.step_back, 3),
        (player.to_start, 0), (player.step_back, 0),
    ):  # fmt: skip
        move()
        assert player.step == step


def test_speeds_go_up_and_down_the_list_and_stop_at_its_ends():
    player = Player()
    player.shift_speed(1)
    assert player.speed == 2.0
    player.shift_speed(-99)
    assert player.speed == SPEEDS[0]
