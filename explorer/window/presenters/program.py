"""Says beside the text what is wrong with it and what it printed, and above the gradients of which value they are."""

from collections.abc import Sequence

from PySide6.QtCore import QObject

from explorer.graph.view import GraphView
from explorer.panels.editor.function import FunctionPanel
from explorer.panels.gradients.output_choice import OutputChoice
from explorer.panels.small.stale_veil import StaleVeil
from explorer.session import Session


class ProgramPresenter(QObject):
    """Between the session and the function, with the views that grow pale while its text does not run."""

    def __init__(
        self,
        session: Session,
        function: FunctionPanel,
        outputs: OutputChoice,
        graph: GraphView,
        veils: Sequence[StaleVeil],
    ) -> None:
        super().__init__(function)
        self._session, self._function, self._outputs = session, function, outputs
        self._graph, self._veils = graph, veils
        session.changed.connect(self._show_run)
        session.problem_changed.connect(self._show_problem)
        outputs.output_chosen.connect(session.set_output)
        function.passes.pass_chosen.connect(session.set_pass)

    def _show_run(self) -> None:
        run = self._session.run
        if run is not None:
            names = [name for name in run.program.names if name != run.program.whole.output]
            recorded = {*run.tape.names.values()} - {*run.inputs}
            likely = [name for name in names if name in recorded]
            others = [name for name in names if name not in recorded]
            self._outputs.show_outputs(run.target_label, likely, run.target_name, others)
            passes, choice = run.passes, self._function.passes
            if passes is None:
                choice.show_none()
            else:
                choice.show_passes(passes.at, passes.count, passes.line, passes.has_after)
            stale = self._session.stale
            self._function.show_run(
                run.printed, () if stale else run.skipped, () if stale else run.program.passed_over
            )

    def _show_problem(self) -> None:
        session, problem = self._session, self._session.problem
        told = problem or session.warning
        role = "muted" if problem and not session.text.strip() else "error" if problem else "warning"
        self._function.show_problem(str(told) if told else "", told.span if told else None, role)
        stale = problem is not None and session.stale
        self._graph.set_stale(stale)
        for veil in self._veils:
            veil.show_stale(stale)
